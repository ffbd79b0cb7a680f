package dev.waybill.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class TaskPropertiesTests {

    @EnableConfigurationProperties(TaskProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void theDefaultsAreThese() {
        runner.run(context -> assertThat(context.getBean(TaskProperties.class))
                .isEqualTo(new TaskProperties(
                        true,
                        16,
                        Duration.ofSeconds(15),
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(15),
                        Duration.ofHours(24),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20))));
    }

    @Test
    void everySettingHasItsKey() {
        runner.withPropertyValues(
                        "waybill.tasks.workers-enabled=false",
                        "waybill.tasks.max-in-flight=2",
                        "waybill.tasks.lease=3s",
                        "waybill.tasks.max-attempts=4",
                        "waybill.tasks.retry-delay=5s",
                        "waybill.tasks.max-retry-delay=6s",
                        "waybill.tasks.read-block=7s",
                        "waybill.tasks.sweep-interval=8s",
                        "waybill.tasks.wake-grace=9s",
                        "waybill.tasks.unknown-handler-patience=10s",
                        "waybill.tasks.cache-ttl=11s",
                        "waybill.tasks.cache-trust=12s",
                        "waybill.tasks.shutdown-wait=13s")
                .run(context -> assertThat(context.getBean(TaskProperties.class))
                        .isEqualTo(new TaskProperties(
                                false,
                                2,
                                Duration.ofSeconds(3),
                                4,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(11),
                                Duration.ofSeconds(12),
                                Duration.ofSeconds(13))));
    }

    @Test
    void aWorkerWithoutSlotsIsRefused() {
        runner.withPropertyValues("waybill.tasks.max-in-flight=0")
                .run(context -> assertThat(context).hasFailed());
    }
}
