package dev.waybill.connectors.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class GcsPropertiesTests {

    @EnableConfigurationProperties(GcsProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(GcsProperties.class))
                .isEqualTo(new GcsProperties(
                        URI.create("https://storage.googleapis.com"),
                        URI.create("https://oauth2.googleapis.com/token"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint=no url", "token-endpoint=no url"})
    void whatIsOutOfBoundsRefusesToStart(String setting) {
        runner.withPropertyValues("waybill.connectors.gcs." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
