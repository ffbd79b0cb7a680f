package dev.waybill.objects.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ObjectPropertiesTests {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Properties.class);

    @Test
    void downloadsWorkForAnHourByDefault() {
        context.run(started -> assertThat(started.getBean(ObjectProperties.class))
                .isEqualTo(new ObjectProperties(Duration.ofHours(1), DataSize.ofKilobytes(64), 8)));
    }

    @Test
    void everySettingHasAName() {
        context.withPropertyValues(
                        "waybill.objects.download-url-lifetime=15m",
                        "waybill.objects.inline-up-to=1KB",
                        "waybill.objects.parallel-creates=2")
                .run(started -> assertThat(started.getBean(ObjectProperties.class))
                        .isEqualTo(new ObjectProperties(Duration.ofMinutes(15), DataSize.ofKilobytes(1), 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1s", "8d"})
    void refusesALifetimeThatStorageWouldRefuse(String lifetime) {
        context.withPropertyValues("waybill.objects.download-url-lifetime=" + lifetime)
                .run(started ->
                        assertThat(started).getFailure().rootCause().hasMessageContaining("downloadUrlLifetime"));
    }

    @Configuration
    @EnableConfigurationProperties(ObjectProperties.class)
    static class Properties {}
}
