package dev.waybill.connectors.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class RestPropertiesTests {

    @EnableConfigurationProperties(RestProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(RestProperties.class))
                .isEqualTo(new RestProperties(
                        Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), 250)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect-timeout=0s",
                "connect-timeout=2m",
                "idle-timeout=6m",
                "answer-timeout=2m",
                "max-connections=0",
                "max-connections=10001"
            })
    void whatIsOutOfBoundsRefusesToStart(String setting) {
        runner.withPropertyValues("waybill.connectors.rest." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
