package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.platform.mongo.IndexDeclaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The service on the real MongoDB, Redis and LocalStack, in the versions of docker-compose.yml. What the stand-ins
 * cannot show is shown here: indexes, and that nothing leans on a stand-in's leniency. Needs Docker and skips itself
 * where there is none, unless {@code WAYBILL_REQUIRE_DOCKER=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealServicesTests {

    private static final String BUCKET = "waybill";
    private static final int REDIS_PORT = 6379;

    private final List<AutoCloseable> running = new ArrayList<>();
    private ServiceUnderTest service;

    @BeforeAll
    void start() {
        if (!isDockerWanted()) {
            return;
        }
        // Made only here, for making a container already asks for Docker.
        MongoDBContainer mongo = new MongoDBContainer("mongo:8.0").withReplicaSet();
        GenericContainer<?> redis = new GenericContainer<>("redis:8.2-alpine").withExposedPorts(REDIS_PORT);
        LocalStackContainer storage = new LocalStackContainer("localstack/localstack:4.9").withServices("s3");
        running.addAll(List.of(mongo, redis, storage));
        Startables.deepStart(mongo, redis, storage).join();
        makeBucket(storage);
        service = ServiceUnderTest.start(settings(mongo, redis, storage));
        running.add(service);
    }

    /** Before each, so that every test is counted as skipped and says why. */
    @BeforeEach
    void requireDocker() {
        assumeTrue(isDockerWanted(), "No Docker here: not tried against the real MongoDB, Redis and LocalStack.");
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable each : running.reversed()) {
            each.close();
        }
    }

    @Test
    void allIsWell() {
        Answer answer = service.anonymous().get("/v1/health?deep=true");
        assertThat(answer.at("/status")).as(answer.text()).isEqualTo("OK");
    }

    @Test
    void everyDeclaredIndexIsThere() {
        MongoTemplate mongoTemplate = service.bean(MongoTemplate.class);
        for (IndexDeclaration declaration : service.beans(IndexDeclaration.class)) {
            List<Document> there = mongoTemplate
                    .getCollection(declaration.collection())
                    .listIndexes()
                    .map(index -> index.get("key", Document.class))
                    .into(new ArrayList<>());
            assertThat(there)
                    .as(declaration.collection())
                    .containsAll(declaration.indexes().stream()
                            .map(IndexDefinition::getIndexKeys)
                            .toList());
        }
    }

    private static boolean isDockerWanted() {
        return Boolean.parseBoolean(System.getenv("WAYBILL_REQUIRE_DOCKER"))
                || DockerClientFactory.instance().isDockerAvailable();
    }

    private static Map<String, String> settings(
            MongoDBContainer mongo, GenericContainer<?> redis, LocalStackContainer storage) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("MONGODB_URI", mongo.getReplicaSetUrl("waybill"));
        settings.put("REDIS_URL", "redis://%s:%d".formatted(redis.getHost(), redis.getMappedPort(REDIS_PORT)));
        settings.put("S3_ENDPOINT", storage.getEndpoint().toString());
        settings.put("S3_PUBLIC_ENDPOINT", storage.getEndpoint().toString());
        settings.put("S3_REGION", storage.getRegion());
        settings.put("S3_BUCKET", BUCKET);
        settings.put("S3_ACCESS_KEY_ID", storage.getAccessKey());
        settings.put("S3_SECRET_ACCESS_KEY", storage.getSecretKey());
        return settings;
    }

    private static void makeBucket(LocalStackContainer storage) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(storage.getEndpoint())
                .region(Region.of(storage.getRegion()))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(storage.getAccessKey(), storage.getSecretKey())))
                .build()) {
            client.createBucket(b -> b.bucket(BUCKET));
        }
    }
}
