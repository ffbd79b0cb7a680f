package dev.waybill.connectors.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class S3ConnectorPropertiesTests {

    @EnableConfigurationProperties(S3ConnectorProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(S3ConnectorProperties.class))
                .isEqualTo(new S3ConnectorProperties(
                        false,
                        null,
                        null,
                        URI.create("https://api.backblazeb2.com"),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        250)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance-role=perhaps",
                "connect-timeout=0s",
                "idle-timeout=6m",
                "max-connections=0",
                "b2-endpoint=no url"
            })
    void whatIsOutOfBoundsRefusesToStart(String setting) {
        runner.withPropertyValues("waybill.connectors.s3." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
