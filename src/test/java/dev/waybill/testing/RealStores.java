package dev.waybill.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The real servers, in the versions of docker-compose.yml: one of each kind for this JVM, started by the first test
 * that needs it and stopped with the JVM. Where there is no Docker, such a test is skipped and says why;
 * {@code WAYBILL_REQUIRE_DOCKER=true} makes that a failure.
 */
public final class RealStores {

    private static final int REDIS_PORT = 6379;
    private static final int AZURITE_PORT = 10000;
    private static final int MINIO_PORT = 9000;

    /** Redis has sixteen; number 0 is the default of clients that name none. */
    private static final AtomicInteger REDIS_DATABASES = new AtomicInteger(1);

    private RealStores() {}

    /** The address of a Redis, and the caller's own database of it. */
    public record RedisSettings(String host, int port, int database) {

        public String url() {
            return "redis://%s:%d/%d".formatted(host, port, database);
        }
    }

    /** The endpoint and credentials of an S3 server, with an existing bucket. */
    public record S3Settings(URI endpoint, String accessKeyId, String secretAccessKey, String bucket) {}

    /** A replica set of one. */
    public static String mongo(String database) {
        requireDocker();
        return Mongo.SERVER.getReplicaSetUrl(database);
    }

    public static RedisSettings redis() {
        requireDocker();
        return new RedisSettings(
                Redis.SERVER.getHost(), Redis.SERVER.getMappedPort(REDIS_PORT), REDIS_DATABASES.getAndIncrement());
    }

    public static S3Settings localStack(String bucket) {
        requireDocker();
        LocalStackContainer server = LocalStack.SERVER;
        return withBucket(new S3Settings(server.getEndpoint(), server.getAccessKey(), server.getSecretKey(), bucket));
    }

    /**
     * The second S3 server. LocalStack takes whatever is signed; MinIO checks signatures and every signed header, those
     * of presigned URLs included, and knows buckets by path. Its images ended with this one, so it stays what it is.
     */
    public static S3Settings minio(String bucket) {
        requireDocker();
        URI endpoint =
                URI.create("http://%s:%d".formatted(Minio.SERVER.getHost(), Minio.SERVER.getMappedPort(MINIO_PORT)));
        return withBucket(new S3Settings(endpoint, Minio.USER, Minio.PASSWORD, bucket));
    }

    /**
     * Azure's own emulator of Blob Storage, with its well-known account: in Docker, or where {@code WAYBILL_AZURITE}
     * says that one is running, such as {@code http://127.0.0.1:10000/devstoreaccount1}.
     */
    public static URI azurite() {
        String running = System.getenv("WAYBILL_AZURITE");
        if (running != null && !running.isBlank()) {
            return URI.create(running);
        }
        requireDocker();
        return URI.create("http://127.0.0.1:%d/devstoreaccount1".formatted(Azurite.SERVER.getMappedPort(AZURITE_PORT)));
    }

    /** Skips the calling test, and says why, where there is no Docker and none is required. */
    public static void requireDocker() {
        assumeTrue(Docker.WANTED, "No Docker here: not tried against the real MongoDB, Redis, LocalStack and MinIO.");
    }

    private static S3Settings withBucket(S3Settings server) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKeyId(), server.secretAccessKey())))
                .build()) {
            client.createBucket(b -> b.bucket(server.bucket()));
        }
        return server;
    }

    private static <C extends GenericContainer<?>> C started(C container) {
        container.start();
        return container;
    }

    // Each in a holder class of its own, made on first use: creating a container already connects to Docker.

    private static final class Docker {

        static final boolean WANTED = Boolean.parseBoolean(System.getenv("WAYBILL_REQUIRE_DOCKER"))
                || DockerClientFactory.instance().isDockerAvailable();
    }

    private static final class Mongo {

        static final MongoDBContainer SERVER = started(new MongoDBContainer("mongo:8.0").withReplicaSet());
    }

    private static final class Redis {

        static final GenericContainer<?> SERVER =
                started(new GenericContainer<>("redis:8.2-alpine").withExposedPorts(REDIS_PORT));
    }

    private static final class LocalStack {

        static final LocalStackContainer SERVER =
                started(new LocalStackContainer("localstack/localstack:4.9").withServices("s3"));
    }

    private static final class Azurite {

        static final GenericContainer<?> SERVER =
                started(new GenericContainer<>("mcr.microsoft.com/azure-storage/azurite:3.35.0")
                        .withCommand("azurite-blob", "--blobHost", "0.0.0.0")
                        .withExposedPorts(AZURITE_PORT));
    }

    private static final class Minio {

        static final String USER = "waybill";
        static final String PASSWORD = "waybill-secret";
        static final GenericContainer<?> SERVER =
                started(new GenericContainer<>("minio/minio:RELEASE.2025-09-07T16-13-09Z")
                        .withExposedPorts(MINIO_PORT)
                        .withEnv("MINIO_ROOT_USER", USER)
                        .withEnv("MINIO_ROOT_PASSWORD", PASSWORD)
                        .withCommand("server", "/data")
                        .waitingFor(Wait.forHttp("/minio/health/ready").forPort(MINIO_PORT)));
    }
}
