package dev.waybill.platform.health;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one run of all health probes.
 *
 * @param startedAt {@link System#nanoTime()} when the run began
 * @param troubles a sentence for every part that is not well
 * @param latencies how long each part took to answer, or to fail
 */
record HealthReport(long startedAt, Map<HealthPart, String> troubles, Map<HealthPart, Duration> latencies) {

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
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }
}
