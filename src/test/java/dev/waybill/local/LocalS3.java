package dev.waybill.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** An S3 server over a folder, with Signature V4, checksums and CORS. */
public final class LocalS3 implements AutoCloseable {

    public static final String BUCKET = "waybill";
    public static final String ACCESS_KEY_ID = "waybill-local";
    public static final String SECRET_ACCESS_KEY = "waybill-local-secret";

    private final S3Proxy server;
    private final BlobStore store;

    private LocalS3(S3Proxy server, BlobStore store) {
        this.server = server;
        this.store = store;
    }

    /**
     * Starts it on the loopback interface and makes the bucket.
     *
     * @param folder where the objects lie
     * @param port 0 for any free one
     */
    public static LocalS3 start(Path folder, int port) {
        try {
            Files.createDirectories(folder);
            Properties properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", folder.toString());
            BlobStore store = BlobStores.create("filesystem-nio2", properties);
            if (!store.containerExists(BUCKET)) {
                store.createContainer(BUCKET);
            }
            S3Proxy server = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
                    .corsRules(new CrossOriginResourceSharing())
                    .build();
            server.start();
            return new LocalS3(server, store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("the local S3 server did not start", e);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the local S3 server did not stop", e);
        } finally {
            store.close();
        }
    }
}
