package dev.waybill.connectors.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class AzurePropertiesTests {

    @EnableConfigurationProperties(AzureProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(AzureProperties.class))
                .isEqualTo(new AzureProperties(
                        false,
                        URI.create("http://169.254.169.254"),
                        null,
                        URI.create("https://login.microsoftonline.com"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "managed-identity=perhaps",
                "endpoint=no url",
                "login-endpoint=no url",
                "metadata-endpoint=no url"
            })
    void whatIsOutOfBoundsRefusesToStart(String setting) {
        runner.withPropertyValues("waybill.connectors.azure." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
