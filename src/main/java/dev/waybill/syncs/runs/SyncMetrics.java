package dev.waybill.syncs.runs;

import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Metrics of sync runs, recorded once for each run by the instance that ended it. */
@Component
class SyncMetrics {

    private final MeterRegistry meters;
    private final Counter bytes;
    private final Counter throttles;
    private final Timer lag;

    SyncMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.bytes = Counter.builder("waybill.syncs.bytes")
                .description("Bytes of files that became objects")
                .baseUnit("bytes")
                .register(meters);
        this.throttles = Counter.builder("waybill.syncs.throttles")
                .description("How often sources asked for patience")
                .register(meters);
        this.lag = Timer.builder("waybill.syncs.lag")
                .description("How long after it was due a run was taken up")
                .register(meters);
    }

    void recordLag(Duration delay) {
        lag.record(delay);
    }

    void ended(SyncRunEntity run) {
        Outcomes outcomes = run.result();
        Map.of(
                        "created", outcomes.created(),
                        "updated", outcomes.updated(),
                        "duplicate", outcomes.duplicate(),
                        "failed", outcomes.failed(),
                        "quarantined", outcomes.quarantined())
                .forEach((outcome, count) -> Counter.builder("waybill.syncs.files")
                        .description("Files by what became of them")
                        .tag("outcome", outcome)
                        .register(meters)
                        .increment(count));
        bytes.increment(outcomes.bytes());
        throttles.increment(run.effort().throttled());
        Instant end = run.endedAt();
        if (end != null) {
            Timer.builder("waybill.syncs.run")
                    .description("Runs of syncs")
                    .tag("status", run.status().name().toLowerCase(Locale.ROOT))
                    .tag("provider", run.provider())
                    .register(meters)
                    .record(Duration.between(run.startedAt(), end));
        }
    }
}
