package dev.waybill.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPolicyTests {

    private final TaskProperties properties = Examples.fast();

    @Test
    void theStandardIsAsConfigured() {
        RetryPolicy standard = RetryPolicy.STANDARD;

        assertThat(standard.attempts(properties)).isEqualTo(3);
        assertThat(standard.claims(properties)).isEqualTo(12);
        assertThat(standard.pause(1, properties)).isEqualTo(Duration.ofMillis(20));
        assertThat(standard.pause(3, properties)).isEqualTo(Duration.ofMillis(80));
        assertThat(standard.pause(4, properties)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void theEndlessOneNeverGivesUpNorPausesTooLong() {
        RetryPolicy endless = RetryPolicy.ENDLESS;

        assertThat(endless.attempts(properties)).isEqualTo(Integer.MAX_VALUE);
        assertThat(endless.claims(properties)).isGreaterThan(Integer.MAX_VALUE);
        assertThat(endless.pause(Integer.MAX_VALUE, properties)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aHandlersOwnGoesFirst() {
        RetryPolicy own = new RetryPolicy(7, Duration.ofSeconds(2), Duration.ofSeconds(9));

        assertThat(own.attempts(properties)).isEqualTo(7);
        assertThat(own.pause(2, properties)).isEqualTo(Duration.ofSeconds(4));
        assertThat(own.pause(9, properties)).isEqualTo(Duration.ofSeconds(9));
        assertThatThrownBy(() -> new RetryPolicy(-1, null, null)).hasMessageContaining("-1");
    }
}
