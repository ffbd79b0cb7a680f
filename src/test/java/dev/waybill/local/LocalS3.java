package dev.waybill.local;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.CrossOriginResourceSharing;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.server.Connector;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * An S3 server over a folder, with Signature V4, checksums, and CORS that lets any page upload. It has two credentials:
 * one that may do everything, and one that can only PUT below {@code staging/}.
 */
public final class LocalS3 implements AutoCloseable {

    public static final String BUCKET = "waybill";
    public static final String ACCESS_KEY_ID = "waybill-local";
    public static final String SECRET_ACCESS_KEY = "waybill-local-secret";

    /** It may PUT objects and parts below {@code staging/}, and nothing else. */
    public static final String UPLOAD_ACCESS_KEY_ID = "waybill-local-uploads";

    public static final String UPLOAD_SECRET_ACCESS_KEY = "waybill-local-uploads-secret";

    private final Path folder;
    private final BlobStore store;
    private final boolean lenient;
    private final int port;
    private @Nullable S3Proxy server;

    private LocalS3(Path folder, BlobStore store, boolean lenient, S3Proxy server) {
        this.folder = folder;
        this.store = store;
        this.lenient = lenient;
        this.server = server;
        this.port = server.getPort();
    }

    /**
     * Starts it on the loopback interface and makes the bucket.
     *
     * @param folder where the objects lie
     * @param port 0 for any free one
     */
    public static LocalS3 start(Path folder, int port) {
        return start(folder, port, false);
    }

    /**
     * The same, but it accepts unsigned {@code x-amz-*} headers, as AWS does not and some servers do: a presigned PUT
     * URL can then copy other objects.
     */
    public static LocalS3 lenient(Path folder, int port) {
        return start(folder, port, true);
    }

    private static LocalS3 start(Path folder, int port, boolean lenient) {
        try {
            Files.createDirectories(folder);
            Properties properties = new Properties();
            properties.setProperty("jclouds.filesystem.basedir", folder.toString());
            BlobStore store = new WholeListings(BlobStores.create("filesystem-nio2", properties));
            LocalS3 local = new LocalS3(folder, store, lenient, serve(store, port, lenient));
            local.createBucket(BUCKET);
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates a bucket, unless it exists. The server removes a folder with the last file in it, and a PUT that was
     * about to use that folder fails: the folders that all keys share are kept by an empty folder inside, which is no
     * object.
     */
    public void createBucket(String name) {
        if (!store.containerExists(name)) {
            store.createContainer(name);
        }
        for (int shard = 0; shard < 16; shard++) {
            String digit = Integer.toHexString(shard);
            keepFolder(folder.resolve(name).resolve(digit));
            keepFolder(folder.resolve(name).resolve("staging").resolve(digit));
        }
    }

    private static void keepFolder(Path shared) {
        try {
            Files.createDirectories(shared.resolve(".held"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes everything that lies in a bucket. */
    public void empty(String bucket) {
        keys(bucket).forEach(key -> store.removeBlob(bucket, key));
    }

    /** Everything that lies in a bucket. */
    public List<String> keys(String bucket) {
        List<String> keys = new ArrayList<>();
        ListObjectsV2Response page = null;
        while (page == null || page.isTruncated()) {
            String next = page == null ? null : page.nextContinuationToken();
            page = store.list(ListObjectsV2Request.builder()
                    .bucket(bucket)
                    .continuationToken(next)
                    .build());
            page.contents().forEach(object -> keys.add(object.key()));
        }
        return keys;
    }

    /**
     * A client that may do everything, for the caller to close.
     *
     * @param endpoint where one of these servers is, whichever way it is reached
     */
    public static S3Client client(String endpoint) {
        return client(endpoint, ACCESS_KEY_ID, SECRET_ACCESS_KEY);
    }

    static S3Client client(String endpoint, String accessKeyId, String secretAccessKey) {
        return S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey)))
                .build();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** Goes away: connections are refused, the objects stay. */
    public void stop() {
        if (server == null) {
            return;
        }
        try {
            server.stop();
            server = null;
        } catch (Exception e) {
            throw new IllegalStateException("the local S3 server did not stop", e);
        }
    }

    /** Comes back on the same port with the same objects. */
    public void resume() {
        if (server == null) {
            server = serve(store, port, lenient);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            store.close();
        }
    }

    private static S3Proxy serve(BlobStore store, int port, boolean lenient) {
        try {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://127.0.0.1:" + port))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY_ID, SECRET_ACCESS_KEY)
                    .corsRules(new CrossOriginResourceSharing(
                            List.of("*"),
                            List.of("GET", "PUT", "HEAD", "POST", "DELETE"),
                            List.of("*"),
                            List.of("ETag", "x-amz-version-id", "x-amz-checksum-sha256"),
                            ""))
                    .build();
            server.setBlobStoreLocator((accessKey, bucket, key) -> grant(store, accessKey));
            behaveAsAwsDoes(server, lenient);
            server.start();
            return server;
        } catch (Exception e) {
            throw new IllegalStateException("the local S3 server did not start on port " + port, e);
        }
    }

    private static @Nullable AccessGrant grant(BlobStore store, @Nullable String accessKey) {
        if (ACCESS_KEY_ID.equals(accessKey)) {
            return new AccessGrant(SECRET_ACCESS_KEY, store);
        }
        return UPLOAD_ACCESS_KEY_ID.equals(accessKey) ? new AccessGrant(UPLOAD_SECRET_ACCESS_KEY, store) : null;
    }

    /** S3Proxy does not expose its Jetty. */
    private static void behaveAsAwsDoes(S3Proxy proxy, boolean lenient) throws ReflectiveOperationException {
        Field field = S3Proxy.class.getDeclaredField("server");
        field.setAccessible(true);
        Server jetty = (Server) field.get(proxy);
        believeContentTypes(jetty);
        jetty.setHandler(new AwsRefusals(jetty.getHandler(), lenient, UPLOAD_ACCESS_KEY_ID, "staging/"));
    }

    /** A body is bytes, whatever its type says: no form, and of no charset that this machine would have to know. */
    private static void believeContentTypes(Server jetty) {
        for (Connector connector : jetty.getConnectors()) {
            connector
                    .getConnectionFactory(HttpConnectionFactory.class)
                    .getHttpConfiguration()
                    .setFormEncodedMethods();
        }
        Filter believing = (request, response, chain) -> {
            request.setCharacterEncoding(StandardCharsets.UTF_8.name());
            chain.doFilter(request, response);
        };
        jetty.getDescendants(ServletContextHandler.class)
                .forEach(servlets -> servlets.addFilter(believing, "/*", EnumSet.of(DispatcherType.REQUEST)));
    }
}
