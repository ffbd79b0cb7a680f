package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import dev.waybill.accounts.Entitlements;
import dev.waybill.local.LocalMongo;
import dev.waybill.platform.errors.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.metrics.MongoMetricsAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.mongodb.MongoManagedTypes;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;

class MongoConnectionTests {

    private LocalMongo server;

    @BeforeEach
    void start() {
        server = LocalMongo.start(null, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void plainAddressWorksForReadsAndWrites() {
        application(server.uri()).run(context -> {
            MongoOperations mongo = context.getBean(MongoOperations.class);
            mongo.insert(new Note("a", Instant.EPOCH));
            assertThat(mongo.findAll(Note.class)).containsExactly(new Note("a", Instant.EPOCH));
            assertThat(mongo.getCollection("note").find().first())
                    .isEqualTo(new Document("_id", "a").append("written_at", Date.from(Instant.EPOCH)));
        });
    }

    @Test
    void commandsAreMeasured() {
        application(server.uri()).run(context -> {
            context.getBean(MongoOperations.class).findAll(Note.class);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("mongodb.driver.commands")
                            .tag("command", "find")
                            .timer()
                            .count())
                    .isOne();
        });
    }

    @Test
    void timeoutsComeFromTheSettings() {
        application(server.uri()).run(context -> {
            var settings = context.getBean(com.mongodb.client.MongoClient.class);
            assertThat(settings.getClusterDescription()
                            .getClusterSettings()
                            .getServerSelectionTimeout(TimeUnit.SECONDS))
                    .isEqualTo(3);
        });
    }

    @Test
    void optionsOfTheAddressWin() {
        application(server.uri() + "?serverSelectionTimeoutMS=1234")
                .run(context -> assertThat(context.getBean(MongoClient.class)
                                .getClusterDescription()
                                .getClusterSettings()
                                .getServerSelectionTimeout(TimeUnit.MILLISECONDS))
                        .isEqualTo(1234));
    }

    @Test
    void aDatabaseThatIsAwayFailsFastAndDoesNotPreventTheStart() {
        server.close();
        application(server.uri() + "?serverSelectionTimeoutMS=200").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(MongoIndexes.class).isComplete()).isFalse();
            Throwable failure =
                    catchThrowable(() -> context.getBean(MongoOperations.class).findAll(Note.class));
            assertThat(MongoFailures.isUnavailable(failure)).isTrue();
            assertThat(context.getBean(MongoFailures.class).translate(failure)).hasValueSatisfying(error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
                assertThat(error.details()).containsEntry("retry_after", 5);
            });
        });
    }

    @Test
    void otherFailuresAreNotTakenForAnAbsence() {
        assertThat(MongoFailures.isUnavailable(new IllegalStateException("broken")))
                .isFalse();
        assertThat(new MongoFailures()
                        .translate(new com.mongodb.MongoCommandException(
                                new org.bson.BsonDocument("code", new org.bson.BsonInt32(11000)),
                                new com.mongodb.ServerAddress())))
                .isEmpty();
    }

    @Test
    void aFailureThatRefersToItselfEnds() {
        var first = new RuntimeException("first");
        var second = new RuntimeException("second", first);
        first.initCause(second);
        assertThat(MongoFailures.isUnavailable(first)).isFalse();
    }

    @Test
    void uniqueIndexesHoldAndAConflictDoesNotPreventTheStart() {
        application(server.uri()).run(context -> {
            assertThat(context.getBean(MongoIndexes.class).isComplete()).isTrue();
            var keys = context.getBean(MongoTemplate.class).getCollection("api_keys");
            keys.insertOne(new Document("key_hash", "a"));
            assertThat(catchThrowable(() -> keys.insertOne(new Document("key_hash", "a"))))
                    .hasMessageContaining("duplicate key");
        });
    }

    @Test
    void duplicatesThatLieThereAlreadyDoNotPreventTheStart() {
        application(server.uri()).run(context -> {
            var keys = context.getBean(MongoTemplate.class).getCollection("api_keys");
            keys.drop();
            keys.insertMany(List.of(new Document("key_hash", "a"), new Document("key_hash", "a")));
        });
        application(server.uri()).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void indexesAreCreatedWhenTheDatabaseIsBack() {
        int port = server.port();
        server.close();
        application(server.uri() + "?serverSelectionTimeoutMS=100").run(context -> {
            MongoOperations mongo = context.getBean(MongoOperations.class);
            var indexes = new MongoIndexes(mongo, context.getBean(MongoManagedTypes.class), Duration.ofMillis(50));
            indexes.afterSingletonsInstantiated();
            assertThat(indexes.isComplete()).isFalse();
            server = LocalMongo.start(null, port);
            await().until(indexes::isComplete);
            indexes.destroy();
        });
    }

    static ApplicationContextRunner application(String uri) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MongoMetricsAutoConfiguration.class,
                        MongoAutoConfiguration.class,
                        DataMongoAutoConfiguration.class))
                .withUserConfiguration(Wiring.class)
                .withPropertyValues(
                        "spring.mongodb.uri=" + uri,
                        "spring.data.mongodb.field-naming-strategy="
                                + "org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy");
    }

    record Note(@org.springframework.data.annotation.Id String name, Instant writtenAt) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MongoProperties.class)
    @EntityScan(basePackageClasses = Entitlements.class)
    @Import({MongoMapping.class, MongoSettings.class, MongoIndexes.class, MongoFailures.class, MongoPages.class})
    static class Wiring {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
