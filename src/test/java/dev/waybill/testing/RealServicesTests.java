package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.MongoManagedTypes;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.IndexDefinition;
import org.springframework.data.mongodb.core.index.IndexResolver;

/**
 * The service on the real MongoDB, Redis and LocalStack, in the versions of docker-compose.yml. What the stand-ins
 * cannot test is tested here: indexes, and that nothing depends on their leniency.
 */
class RealServicesTests {

    private static ServiceUnderTest service;

    /** Before each, so that every test is counted as skipped and says why. */
    @BeforeEach
    void start() {
        RealStores.requireDocker();
        if (service == null) {
            service = ServiceUnderTest.start(settings());
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
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
        IndexResolver declared =
                IndexResolver.create(mongoTemplate.getConverter().getMappingContext());
        service.bean(MongoManagedTypes.class).forEach(document -> {
            String collection = mongoTemplate.getCollectionName(document);
            List<Document> there = mongoTemplate
                    .getCollection(collection)
                    .listIndexes()
                    .map(index -> index.get("key", Document.class))
                    .into(new ArrayList<>());
            assertThat(there)
                    .as(collection)
                    .containsAll(StreamSupport.stream(
                                    declared.resolveIndexFor(document).spliterator(), false)
                            .map(IndexDefinition::getIndexKeys)
                            .toList());
        });
    }

    private static Map<String, String> settings() {
        RealStores.S3Settings storage = RealStores.localStack("waybill");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("MONGODB_URI", RealStores.mongo("waybill"));
        settings.put("REDIS_URL", RealStores.redis().url());
        settings.put("S3_ENDPOINT", storage.endpoint().toString());
        settings.put("S3_PUBLIC_ENDPOINT", storage.endpoint().toString());
        settings.put("S3_REGION", "us-east-1");
        settings.put("S3_BUCKET", storage.bucket());
        settings.put("S3_ACCESS_KEY_ID", storage.accessKeyId());
        settings.put("S3_SECRET_ACCESS_KEY", storage.secretAccessKey());
        return settings;
    }
}
