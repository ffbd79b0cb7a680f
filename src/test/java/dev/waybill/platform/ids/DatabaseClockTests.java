package dev.waybill.platform.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DatabaseClockTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

    private final DatabaseClock clock = new DatabaseClock(() -> NOON);

    @Test
    void itShowsTheMachinesTimeUntilTheDatabasesIsKnown() {
        assertThat(clock.instant()).isEqualTo("2026-03-01T12:00:00.123Z");
        assertThat(clock.offset()).isZero();
    }

    @Test
    void itFollowsTheDatabaseInBothDirections() {
        clock.follow(Duration.ofSeconds(30));
        assertThat(clock.instant()).isEqualTo("2026-03-01T12:00:30.123Z");

        clock.follow(Duration.ofMillis(-124));
        assertThat(clock.instant()).isEqualTo("2026-03-01T11:59:59.999Z");
        assertThat(clock.machineTime()).isEqualTo(NOON);
    }
}
