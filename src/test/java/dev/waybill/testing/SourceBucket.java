package dev.waybill.testing;

import dev.waybill.local.LocalS3;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A foreign bucket as the source of syncs, on the S3 server that all tests share. */
public final class SourceBucket implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name;
    private final String endpoint;
    private final S3Client client;

    private SourceBucket(String name, String endpoint) {
        this.name = name;
        this.endpoint = endpoint;
        this.client = LocalS3.client(endpoint);
    }

    public static SourceBucket create() {
        String name = "source-" + COUNT.incrementAndGet();
        return new SourceBucket(name, Stores.bucketBeside(name));
    }

    public String name() {
        return name;
    }

    public String endpoint() {
        return endpoint;
    }

    public void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket(name).key(key), RequestBody.fromBytes(bytes));
    }

    /** With metadata of its owner. */
    public void put(String key, byte[] bytes, String contentType, String contentEncoding) {
        client.putObject(
                request ->
                        request.bucket(name).key(key).contentType(contentType).contentEncoding(contentEncoding),
                RequestBody.fromBytes(bytes));
    }

    /** The body of a request that creates a connection to it. */
    public Map<String, Object> connection() {
        return connection(LocalS3.SECRET_ACCESS_KEY);
    }

    /** The same with another secret. */
    public Map<String, Object> connection(String secret) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("bucket_name", name);
        settings.put("region", "us-east-1");
        settings.put("endpoint_url", endpoint);
        settings.put(
                "credentials",
                Map.of("access_key_id", LocalS3.ACCESS_KEY_ID, "secret_access_key", Confidential.secret(secret)));
        return settings;
    }

    @Override
    public void close() {
        client.close();
    }
}
