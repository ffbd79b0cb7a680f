package dev.waybill.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueTimesTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final DueTimes dueTimes = new DueTimes();

    @Test
    void eachIsRemovedOnceAndTheNextIsKnown() {
        dueTimes.add(NOON.plusSeconds(2));
        dueTimes.add(NOON);
        dueTimes.add(NOON.plusSeconds(1));

        assertThat(dueTimes.next()).isEqualTo(NOON);
        assertThat(dueTimes.removeDue(NOON.minusMillis(1))).isFalse();
        assertThat(dueTimes.removeDue(NOON.plusSeconds(1))).isTrue();
        assertThat(dueTimes.removeDue(NOON.plusSeconds(1))).isFalse();
        assertThat(dueTimes.next()).isEqualTo(NOON.plusSeconds(2));
        assertThat(dueTimes.removeDue(NOON.plusSeconds(2))).isTrue();
        assertThat(dueTimes.next()).isNull();
    }

    @Test
    void theNearestAreKeptHoweverManyAreFar() {
        for (int i = 1; i <= DueTimes.BOUND * 2; i++) {
            dueTimes.add(NOON.plusSeconds(i));
        }
        dueTimes.add(NOON);

        assertThat(dueTimes.next()).isEqualTo(NOON);
        assertThat(dueTimes.removeDue(NOON.plusSeconds(DueTimes.BOUND))).isTrue();
        assertThat(dueTimes.next()).isNull();
    }
}
