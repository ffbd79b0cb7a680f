package dev.waybill.platform.health;

import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs the health probes of all parts side by side, two seconds at most. Callers share a run that is under way, so that
 * many of them do not load the stores.
 */
@Component
class HealthCheck {

    static final Duration PATIENCE = Duration.ofSeconds(2);
    static final Duration FRESH = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(HealthCheck.class);

    private final List<HealthProbe> probes;
    private final ReentrantLock running = new ReentrantLock();
    private volatile @Nullable HealthReport last;

    HealthCheck(List<HealthProbe> probes) {
        this.probes = List.copyOf(probes);
    }

    /** The last report; probes again only when it is older than a few seconds. */
    HealthReport recent() {
        HealthReport report = last;
        return report != null && report.age().compareTo(FRESH) < 0 ? report : probe();
    }

    /** A fresh report: of a run that began after this call. */
    HealthReport probe() {
        long requestedAt = System.nanoTime();
        running.lock();
        try {
            HealthReport report = last;
            if (report == null || report.startedAt() - requestedAt < 0) {
                report = runProbes();
                logChanges(last, report);
                last = report;
            }
            return report;
        } finally {
            running.unlock();
        }
    }

    private HealthReport runProbes() {
        long start = System.nanoTime();
        Map<HealthProbe, CompletableFuture<Long>> pending = new LinkedHashMap<>();
        for (HealthProbe probe : probes) {
            pending.put(probe, CompletableFuture.supplyAsync(() -> timed(probe), Thread::startVirtualThread));
        }
        Map<HealthPart, String> troubles = new EnumMap<>(HealthPart.class);
        Map<HealthPart, Duration> latencies = new EnumMap<>(HealthPart.class);
        pending.forEach((probe, answer) -> {
            long left = PATIENCE.toNanos() - (System.nanoTime() - start);
            long nanos;
            try {
                nanos = answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                nanos = System.nanoTime() - start;
                troubles.putIfAbsent(probe.part(), trouble(probe, e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                nanos = System.nanoTime() - start;
                troubles.putIfAbsent(probe.part(), probe.part().trouble());
            }
            latencies.merge(probe.part(), Duration.ofNanos(nanos), (a, b) -> a.compareTo(b) > 0 ? a : b);
        });
        return new HealthReport(start, troubles, latencies);
    }

    private static long timed(HealthProbe probe) {
        long start = System.nanoTime();
        probe.check().run();
        return System.nanoTime() - start;
    }

    private static String trouble(HealthProbe probe, Exception failure) {
        log.debug("{} is not well", probe.part(), failure);
        if (failure.getCause() instanceof WaybillException known) {
            return known.getMessage();
        }
        return probe.part().trouble();
    }

    private static void logChanges(@Nullable HealthReport before, HealthReport now) {
        for (HealthPart part : HealthPart.values()) {
            boolean wasWell = before == null || before.isWell(part);
            if (wasWell && !now.isWell(part)) {
                log.warn("{}: {}", part.wire(), now.trouble(part));
            } else if (!wasWell && now.isWell(part)) {
                log.info("{}: well again", part.wire());
            }
        }
    }
}
