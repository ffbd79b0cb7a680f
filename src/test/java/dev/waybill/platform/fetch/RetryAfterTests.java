package dev.waybill.platform.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTests {

    private static final Instant NOW = Instant.parse("2026-11-27T09:30:00Z");

    @Test
    void aNumberIsOfSeconds() {
        assertThat(RetryAfter.read(" 120 ", NOW)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void aDateIsWhenToComeBack() {
        assertThat(RetryAfter.read("Fri, 27 Nov 2026 09:31:30 GMT", NOW)).isEqualTo(Duration.ofSeconds(90));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "-5", "soon", "1.5", "99999999999999999999", "Fri, 27 Nov 2026 09:29:59 GMT"})
    void whatAsksForNothingIsNone(@Nullable String header) {
        assertThat(RetryAfter.read(header, NOW)).isNull();
    }
}
