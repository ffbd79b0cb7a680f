package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.InMemoryObjectStorage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StorageClockTests {

    private static final Instant THERE = Instant.parse("2026-03-01T10:20:30Z");

    @Test
    void theEarlierClockCounts() {
        assertThat(seenFrom(THERE.plus(Duration.ofDays(9)))).isEqualTo(THERE);
        assertThat(seenFrom(THERE.minusSeconds(5))).isEqualTo(THERE.minusSeconds(5));
    }

    private static Instant seenFrom(Instant here) {
        return new StorageClock(new InMemoryObjectStorage(() -> THERE), () -> here).now();
    }
}
