package dev.waybill.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WebhookPropertiesTests {

    @Test
    void theDefaultsAreThose() {
        assertThat(bound(Map.of())).isEqualTo(new WebhookProperties(Duration.ofHours(24), 100));
    }

    @Test
    void settingsHaveTheirNames() {
        WebhookProperties properties = bound(Map.of(
                "waybill.webhooks.secret-overlap", "1h",
                "waybill.webhooks.max-per-organization", "3"));

        assertThat(properties).isEqualTo(new WebhookProperties(Duration.ofHours(1), 3));
    }

    private static WebhookProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("waybill.webhooks", WebhookProperties.class);
    }
}
