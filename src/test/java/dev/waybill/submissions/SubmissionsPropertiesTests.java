package dev.waybill.submissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

class SubmissionsPropertiesTests {

    @EnableConfigurationProperties(SubmissionsProperties.class)
    static class Settings {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        runner.run(context -> assertThat(context.getBean(SubmissionsProperties.class))
                .isEqualTo(new SubmissionsProperties(
                        100, 100_000, Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(1))));
    }

    @Test
    void everyKeyIsMapped() {
        runner.withPropertyValues(
                        "waybill.submissions.requests-per-hour=7",
                        "waybill.submissions.platform-requests-per-hour=8",
                        "waybill.submissions.url-lifetime=2m",
                        "waybill.submissions.unconfirmed-for=3m",
                        "waybill.submissions.download-lifetime=5m")
                .run(context -> assertThat(context.getBean(SubmissionsProperties.class))
                        .isEqualTo(new SubmissionsProperties(
                                7, 8, Duration.ofMinutes(2), Duration.ofMinutes(3), Duration.ofMinutes(5))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waybill.submissions.requests-per-hour=0",
                "waybill.submissions.platform-requests-per-hour=0",
                "waybill.submissions.url-lifetime=8d",
                "waybill.submissions.url-lifetime=0s",
                "waybill.submissions.unconfirmed-for=1s",
                "waybill.submissions.download-lifetime=8d"
            })
    void outOfBoundsRefusesToStart(String property) {
        runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }
}
