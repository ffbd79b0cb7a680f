package dev.waybill.platform.storage;

import dev.waybill.local.LocalS3;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Storage as the service sees it, over a {@link LocalS3}, without a Spring context. */
public final class LocalStorage implements AutoCloseable {

    private final LocalS3 server;
    private final S3Client client;
    private final StorageProperties properties;

    private LocalStorage(LocalS3 server) {
        this.server = server;
        this.properties = StorageSettings.of(server.endpoint()).build();
        this.client = S3Clients.open(properties);
    }

    /** @param port 0 for any free one */
    public static LocalStorage start(Path folder, int port) {
        return new LocalStorage(LocalS3.start(folder, port));
    }

    public ObjectStorage objects() {
        return new S3ObjectStorage(client, properties);
    }

    public MultipartStorage multiparts() {
        return new S3MultipartStorage(client, properties, objects());
    }

    public UrlSigner signer(InstantSource clock) {
        return new StorageConfiguration().urlSigner(properties, clock);
    }

    /** A signer for URLs that nobody fetches: no server stands behind it. */
    public static UrlSigner signer(String endpoint, InstantSource clock) {
        return new StorageConfiguration().urlSigner(StorageSettings.of(endpoint).build(), clock);
    }

    public URI endpoint() {
        return URI.create(server.endpoint());
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
