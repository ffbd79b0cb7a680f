package dev.waybill.extraction.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ExtractionPropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void aFileGetsAMinuteAndAQuarterOfAGigabyteByDefault() {
        context.run(started -> assertThat(started.getBean(ExtractionProperties.class))
                .isEqualTo(new ExtractionProperties(
                        Duration.ofSeconds(60), DataSize.ofMegabytes(512), 50_000_000, 2, DataSize.ofMegabytes(256))));
    }

    @Test
    void everySettingHasAName() {
        context.withPropertyValues(
                        "waybill.extraction.timeout=5s",
                        "waybill.extraction.max-file-size=10MB",
                        "waybill.extraction.max-pixels=1000",
                        "waybill.extraction.parallelism=3",
                        "waybill.extraction.memory=128MB")
                .run(started -> assertThat(started.getBean(ExtractionProperties.class))
                        .isEqualTo(new ExtractionProperties(
                                Duration.ofSeconds(5), DataSize.ofMegabytes(10), 1_000, 3, DataSize.ofMegabytes(128))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=0s",
                "timeout=2h",
                "max-pixels=0",
                "parallelism=0",
                "parallelism=65",
                "memory=1MB",
                "memory=65GB"
            })
    void refusesWhatIsNoLimit(String setting) {
        context.withPropertyValues("waybill.extraction." + setting)
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration
    @EnableConfigurationProperties(ExtractionProperties.class)
    static class Properties {}
}
