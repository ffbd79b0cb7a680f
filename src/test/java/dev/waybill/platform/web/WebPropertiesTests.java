package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class WebPropertiesTests {

    @Test
    void theDefaultsAre() {
        assertThat(bind(Map.of()))
                .isEqualTo(new WebProperties(
                        Duration.ofSeconds(10), Duration.ofMinutes(1), DataSize.ofMegabytes(5), false, List.of("*")));
    }

    @Test
    void everythingCanBeSet() {
        assertThat(bind(Map.of(
                        "waybill.web.request-deadline", "3s",
                        "waybill.web.body-timeout", "4s",
                        "waybill.web.max-body-size", "1KB",
                        "waybill.web.access-log", "true",
                        "waybill.web.allowed-origins", "https://a.example,https://b.example")))
                .isEqualTo(new WebProperties(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        DataSize.ofKilobytes(1),
                        true,
                        List.of("https://a.example", "https://b.example")));
    }

    @Test
    void aBodyLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("waybill.web.max-body-size", "0")))
                .rootCause()
                .hasMessageContaining("waybill.web.max-body-size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "2h"})
    void aDeadlineThatNoRequestCouldLiveWithIsRefused(String deadline) {
        assertThatThrownBy(() -> bind(Map.of("waybill.web.request-deadline", deadline)))
                .rootCause()
                .hasMessageContaining("waybill.web.request-deadline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1s", "2h"})
    void aTimeThatNoBodyCouldKeepIsRefused(String timeout) {
        assertThatThrownBy(() -> bind(Map.of("waybill.web.body-timeout", timeout)))
                .rootCause()
                .hasMessageContaining("waybill.web.body-timeout");
    }

    private static WebProperties bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("waybill.web", Bindable.of(WebProperties.class));
    }
}
