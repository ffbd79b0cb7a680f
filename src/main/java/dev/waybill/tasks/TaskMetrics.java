package dev.waybill.tasks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Metrics of tasks. */
@Component
class TaskMetrics {

    /** How a run ended, as a tag. */
    enum Result {
        COMPLETED,
        COMPLETED_WITH_ERRORS,
        FAILED,
        CANCELED,
        RETRIED,
        PUT_OFF,
        /** The lease was lost; what this worker did counts for nothing. */
        LOST,
        /** The service stopped before the handler ended. */
        ABANDONED
    }

    private final MeterRegistry meters;
    private final Counter lateClaims;
    private final Counter reclaimed;
    private final Counter fenced;
    private final AtomicLong waiting = new AtomicLong();

    TaskMetrics(MeterRegistry meters, RunningTasks running) {
        this.meters = meters;
        this.lateClaims = Counter.builder("waybill.tasks.claims.late")
                .description("Tasks that another worker had taken, or that were over, when this one came")
                .register(meters);
        this.reclaimed = Counter.builder("waybill.tasks.reclaimed")
                .description("Tasks taken over from a worker that fell silent")
                .register(meters);
        this.fenced = Counter.builder("waybill.tasks.fenced")
                .description("Ends of runs that were refused, because another worker has the task")
                .register(meters);
        Gauge.builder("waybill.tasks.waiting", waiting, AtomicLong::get)
                .description("Tasks that wait for a worker, counted every few seconds")
                .register(meters);
        Gauge.builder("waybill.tasks.running", running, RunningTasks::size)
                .description("Tasks that run on this instance")
                .register(meters);
    }

    void waiting(long count) {
        waiting.set(count);
    }

    void claimedLate() {
        lateClaims.increment();
    }

    void fenced() {
        fenced.increment();
    }

    void reclaimed() {
        reclaimed.increment();
    }

    void ran(String handler, Result result, Duration took) {
        Timer.builder("waybill.tasks.run")
                .description("Runs of task handlers")
                .tag("handler", handler)
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(took);
    }
}
