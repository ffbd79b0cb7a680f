package dev.waybill.connectors.s3;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContract;
import dev.waybill.local.LocalS3;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Each provider meets the contract on the embedded server, which verifies signatures; it supports keys that are valid
 * paths.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Provider.class)
class S3SourceOnEmbeddedServerTests extends SourceContract {

    /** Keys that collide, or are invalid, as paths. */
    private static final Set<String> NOT_KEPT = Set.of("a//b", "./a", "../a", "videos", "a", "u\u0001");

    @TempDir
    private static Path folder;

    private static LocalS3 server;
    private static S3Client writer;

    private final Provider provider;
    private final String bucket = "kit-" + UUID.randomUUID();
    private final Source source;

    S3SourceOnEmbeddedServerTests(Provider provider) {
        this.provider = provider;
        this.source = open();
        writer.createBucket(b -> b.bucket(bucket));
    }

    @BeforeAll
    static void start() {
        server = LocalS3.start(folder, 0);
        writer = LocalS3.client(server.endpoint());
    }

    @AfterAll
    static void stop() {
        writer.close();
        server.close();
    }

    @AfterEach
    void close() {
        source.close();
    }

    private Source open() {
        return provider.open(provider.settings(server.endpoint(), LocalS3.ACCESS_KEY_ID, LocalS3.SECRET_ACCESS_KEY));
    }

    @Override
    protected Elsewhere elsewhere() {
        return new Elsewhere() {
            @Override
            public Source source() {
                return source;
            }

            @Override
            public Source another() {
                return open();
            }

            @Override
            public String bucket() {
                return bucket;
            }

            @Override
            public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
                writer.putObject(b -> b.bucket(bucket).key(key).metadata(metadata), RequestBody.fromBytes(bytes));
            }

            @Override
            public void remove(String key) {
                writer.deleteObject(b -> b.bucket(bucket).key(key));
            }

            @Override
            public boolean keeps(String key) {
                return !NOT_KEPT.contains(key) && !key.endsWith("/");
            }

            @Override
            public boolean hasTags() {
                return false; // it supports none
            }
        };
    }
}
