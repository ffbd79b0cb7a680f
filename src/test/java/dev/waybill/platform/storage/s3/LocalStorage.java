package dev.waybill.platform.storage.s3;

import dev.waybill.local.LocalS3;
import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.testing.RealStores;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Storage as the service sees it, over a {@link LocalS3} or another server, without a Spring context. */
public final class LocalStorage implements AutoCloseable {

    private final URI endpoint;
    private final Runnable stopServer;
    private final S3Client client;
    private final StorageProperties properties;

    private LocalStorage(URI endpoint, StorageProperties properties, Runnable stopServer) {
        this.endpoint = endpoint;
        this.properties = properties;
        this.client = S3Clients.open(properties);
        this.stopServer = stopServer;
    }

    /** @param port 0 for any free one */
    public static LocalStorage start(Path folder, int port) {
        LocalS3 server = LocalS3.start(folder, port);
        return new LocalStorage(
                URI.create(server.endpoint()),
                StorageSettings.of(server.endpoint()).build(),
                server::close);
    }

    /** On a server that runs already, and goes on when this is closed. */
    static LocalStorage at(RealStores.S3Settings server) {
        StorageProperties properties = StorageSettings.of(server.endpoint().toString())
                .bucket(server.bucket())
                .accessKeyId(server.accessKeyId())
                .secretAccessKey(server.secretAccessKey())
                .pathStyle(true)
                .build();
        return new LocalStorage(server.endpoint(), properties, () -> {});
    }

    public ObjectStorage objects() {
        return new S3ObjectStorage(client, properties);
    }

    /** @param maxBytesAtOnce larger objects are written and copied in parts */
    ObjectStorage objects(long maxBytesAtOnce) {
        return new S3ObjectStorage(client, properties, maxBytesAtOnce);
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
        return endpoint;
    }

    public int port() {
        return endpoint.getPort();
    }

    @Override
    public void close() {
        client.close();
        stopServer.run();
    }
}
