package dev.waybill.uploads.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class UploadPropertiesTests {

    private static UploadProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("waybill.uploads", UploadProperties.class);
    }

    @Test
    void theseAreTheDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new UploadProperties(
                        DataSize.ofMegabytes(100),
                        DataSize.ofMegabytes(16),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        32));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(bind(Map.of(
                        "waybill.uploads.background-from", "1MB",
                        "waybill.uploads.hash-inline-up-to", "2MB",
                        "waybill.uploads.expiry-grace", "3h",
                        "waybill.uploads.download-lifetime", "5m",
                        "waybill.uploads.parallel-checks", "6")))
                .isEqualTo(new UploadProperties(
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        Duration.ofHours(3),
                        Duration.ofMinutes(5),
                        6));
    }
}
