package dev.waybill.syncs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class SyncPropertiesTests {

    @EnableConfigurationProperties(SyncProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(SyncProperties.class))
                .isEqualTo(new SyncProperties(
                        1_000,
                        4,
                        8,
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2),
                        Duration.ofHours(1),
                        20,
                        Duration.ofSeconds(20),
                        4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page-size=0",
                "page-size=1001",
                "pages-at-once=17",
                "first-concurrency=0",
                "tries=11",
                "retry-pause=0s",
                "runs-per-organization=0",
                "watch-after=soon"
            })
    void aValueOutOfBoundsPreventsTheStart(String setting) {
        runner.withPropertyValues("waybill.syncs." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
