package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

class MongoPropertiesTests {

    static MongoProperties defaults() {
        return bind(Map.of());
    }

    @Test
    void defaultsAreShortEnoughForARequest() {
        assertThat(defaults())
                .isEqualTo(new MongoProperties(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(5),
                        100,
                        Duration.ofSeconds(8)));
    }

    @Test
    void everyKeyIsMapped() {
        assertThat(bind(Map.of(
                        "waybill.mongo.server-selection-timeout", "1s",
                        "waybill.mongo.connect-timeout", "2s",
                        "waybill.mongo.read-timeout", "3s",
                        "waybill.mongo.pool-wait-timeout", "4s",
                        "waybill.mongo.max-connections", "5",
                        "waybill.mongo.query-timeout", "6s")))
                .isEqualTo(new MongoProperties(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        5,
                        Duration.ofSeconds(6)));
    }

    @Test
    void zeroIsRefused() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
                .withUserConfiguration(Enabled.class)
                .withPropertyValues("waybill.mongo.max-connections=0")
                .run(context -> assertThat(context).hasFailed());
    }

    private static MongoProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("waybill.mongo", MongoProperties.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(MongoProperties.class)
    static class Enabled {}
}
