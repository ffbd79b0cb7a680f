package dev.waybill.tasks;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FixedDelayThreadTests {

    @Test
    void runsAgainWhateverIsThrown() {
        AtomicInteger runs = new AtomicInteger();
        ScheduledExecutorService ticks = FixedDelayThread.every(Duration.ofMillis(20), "tests", () -> {
            if (runs.incrementAndGet() % 2 == 0) {
                throw new OutOfMemoryError("used up for a moment");
            }
            throw new IllegalStateException("an accident");
        });
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() >= 4);
        } finally {
            ticks.shutdownNow();
        }
    }
}
