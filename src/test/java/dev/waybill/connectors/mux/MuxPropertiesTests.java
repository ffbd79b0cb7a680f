package dev.waybill.connectors.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class MuxPropertiesTests {

    @EnableConfigurationProperties(MuxProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(MuxProperties.class))
                .isEqualTo(new MuxProperties(URI.create("https://api.mux.com"), URI.create("https://stream.mux.com"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint=no url", "stream-endpoint=no url"})
    void whatIsOutOfBoundsRefusesToStart(String setting) {
        runner.withPropertyValues("waybill.connectors.mux." + setting)
                .run(context -> assertThat(context).hasFailed());
    }
}
