package dev.waybill.platform.health;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one look at all parts found.
 *
 * @param lookedAt {@link System#nanoTime()} when the look began
 * @param troubles a sentence for every part that is not well
 * @param latencies how long each part took to answer, or to fail
 */
record HealthReport(long lookedAt, Map<HealthPart, String> troubles, Map<HealthPart, Duration> latencies) {

    HealthReport {
        troubles = Map.copyOf(troubles);
        latencies = Map.copyOf(latencies);
    }

    boolean isWell(HealthPart part) {
        return !troubles.containsKey(part);
    }

    boolean isAllWell() {
        return troubles.isEmpty();
    }

    @Nullable
    String trouble(HealthPart part) {
        return troubles.get(part);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - lookedAt);
    }
}
