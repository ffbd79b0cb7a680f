package dev.waybill.deletions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class DeletionPropertiesTests {

    @EnableConfigurationProperties(DeletionProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void settlesForAMinuteByDefault() {
        runner.run(context -> assertThat(context.getBean(DeletionProperties.class))
                .isEqualTo(new DeletionProperties(Duration.ofMinutes(1))));
        runner.withPropertyValues("waybill.deletions.settle=2s")
                .run(context -> assertThat(context.getBean(DeletionProperties.class))
                        .isEqualTo(new DeletionProperties(Duration.ofSeconds(2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "2h", "soon"})
    void outOfBoundsRefusesToStart(String settle) {
        runner.withPropertyValues("waybill.deletions.settle=" + settle)
                .run(context -> assertThat(context).hasFailed());
    }
}
