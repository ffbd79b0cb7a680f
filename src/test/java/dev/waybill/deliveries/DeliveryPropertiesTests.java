package dev.waybill.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliveryPropertiesTests {

    @Test
    void theDefaultsAreThose() {
        assertThat(bound(Map.of()))
                .isEqualTo(new DeliveryProperties(
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        Duration.ofHours(24),
                        Duration.ofHours(24),
                        Duration.ofMinutes(10),
                        8,
                        2,
                        4,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofDays(7),
                        ""));
    }

    @Test
    void settingsHaveTheirNames() {
        DeliveryProperties properties = bound(Map.of(
                "waybill.webhooks.retry-delay", "1s",
                "waybill.webhooks.endpoints-at-once", "3",
                "waybill.webhooks.mail-from", "waybill@example.com"));

        assertThat(properties.retryDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(properties.endpointsAtOnce()).isEqualTo(3);
        assertThat(properties.mailFrom()).isEqualTo("waybill@example.com");
    }

    private static DeliveryProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("waybill.webhooks", DeliveryProperties.class);
    }
}
