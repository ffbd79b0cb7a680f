package dev.waybill.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlarmsTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Alarms alarms = new Alarms();

    @Test
    void eachRingsOnceAndTheNextIsKnown() {
        alarms.add(NOON.plusSeconds(2));
        alarms.add(NOON);
        alarms.add(NOON.plusSeconds(1));

        assertThat(alarms.next()).isEqualTo(NOON);
        assertThat(alarms.rang(NOON.minusMillis(1))).isFalse();
        assertThat(alarms.rang(NOON.plusSeconds(1))).isTrue();
        assertThat(alarms.rang(NOON.plusSeconds(1))).isFalse();
        assertThat(alarms.next()).isEqualTo(NOON.plusSeconds(2));
        assertThat(alarms.rang(NOON.plusSeconds(2))).isTrue();
        assertThat(alarms.next()).isNull();
    }

    @Test
    void theNearestAreKeptHoweverManyAreFar() {
        for (int i = 1; i <= Alarms.BOUND * 2; i++) {
            alarms.add(NOON.plusSeconds(i));
        }
        alarms.add(NOON);

        assertThat(alarms.next()).isEqualTo(NOON);
        assertThat(alarms.rang(NOON.plusSeconds(Alarms.BOUND))).isTrue();
        assertThat(alarms.next()).isNull();
    }
}
