package dev.waybill.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class IdempotencyPropertiesTests {

    private static IdempotencyProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("waybill.idempotency", IdempotencyProperties.class);
    }

    @Test
    void theseAreTheDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new IdempotencyProperties(
                        Duration.ofHours(24), Duration.ofSeconds(15), Duration.ofSeconds(2), DataSize.ofMegabytes(1)));
    }

    @Test
    void everySettingHasAName() {
        assertThat(bind(Map.of(
                        "waybill.idempotency.retention", "1h",
                        "waybill.idempotency.lease", "2s",
                        "waybill.idempotency.patience", "3s",
                        "waybill.idempotency.max-answer-size", "4KB")))
                .isEqualTo(new IdempotencyProperties(
                        Duration.ofHours(1), Duration.ofSeconds(2), Duration.ofSeconds(3), DataSize.ofKilobytes(4)));
    }
}
