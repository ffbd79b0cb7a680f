package dev.waybill.tasks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes the progress of running tasks to Redis five times a second and to the database every other second, so that
 * handlers may report every item. The first report also writes to Redis that the task is PROCESSING; one that is done
 * sooner saves that write.
 */
@Component
class ProgressReporter {

    /** How often {@link #reportAll} is to be called. */
    static final Duration TICK = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(ProgressReporter.class);
    private static final Duration TO_DATABASE = Duration.ofSeconds(2);

    /** What was reported last, and when. */
    private record Reported(
            @Nullable Progress inRedis,
            Instant redisAt,
            @Nullable Progress inDatabase,
            Instant databaseAt) {}

    private final RunningTasks running;
    private final TaskCache cache;
    private final TaskStore store;
    private final InstantSource clock;
    private final Duration refresh;
    private final Map<RunningTask, Reported> reported = new WeakHashMap<>();

    ProgressReporter(
            RunningTasks running, TaskCache cache, TaskStore store, TaskProperties properties, InstantSource clock) {
        this.running = running;
        this.cache = cache;
        this.store = store;
        this.clock = clock;
        this.refresh = properties.cacheTrust().dividedBy(3);
    }

    void reportAll() {
        for (RunningTask run : running.all()) {
            try {
                run.report(this::report);
            } catch (RuntimeException e) {
                log.warn("The progress of task {} could not be written", run.id(), e);
            }
        }
    }

    private void report(RunningTask run) {
        if (run.isLost() || run.isAbandoned()) {
            return;
        }
        Instant now = clock.instant();
        Progress progress = run.progress();
        Reported before = reported.getOrDefault(run, new Reported(null, Instant.EPOCH, null, now));
        Reported after = before;
        // Refreshed without a change too, or readers would turn to the database.
        if (!Objects.equals(progress, before.inRedis())
                || before.redisAt().plus(refresh).isBefore(now)) {
            cache.put(run.snapshot());
            after = new Reported(progress, now, before.inDatabase(), before.databaseAt());
        }
        if (progress != null
                && !progress.equals(before.inDatabase())
                && before.databaseAt().plus(TO_DATABASE).isBefore(now)) {
            if (!store.progress(run.id(), run.claim().token(), progress.additionalData(), now)) {
                run.lose();
            }
            after = new Reported(after.inRedis(), after.redisAt(), progress, now);
        }
        reported.put(run, after);
    }
}
