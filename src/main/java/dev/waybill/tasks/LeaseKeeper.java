package dev.waybill.tasks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Renews the leases of all tasks that run here, in one write, and checks once a second, in one read, whether one of
 * them was canceled or taken over. Both are read from the database, so canceling works while Redis is unavailable too.
 */
@Component
class LeaseKeeper {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private final RunningTasks running;
    private final TaskStore store;
    private final TaskProperties properties;
    private final InstantSource clock;
    private Instant nextRenewal = Instant.EPOCH;

    LeaseKeeper(RunningTasks running, TaskStore store, TaskProperties properties, InstantSource clock) {
        this.running = running;
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** How often {@link #keep} is to be called. */
    Duration tick() {
        Duration sixth = properties.lease().dividedBy(6);
        return sixth.compareTo(LONGEST_TICK) < 0 ? sixth : LONGEST_TICK;
    }

    void keep() {
        List<RunningTask> now = running.all();
        if (now.isEmpty()) {
            return;
        }
        try {
            check(now);
            Instant time = clock.instant();
            if (!time.isBefore(nextRenewal)) {
                renew(now, time);
                nextRenewal = time.plus(properties.lease().dividedBy(3));
            }
        } catch (RuntimeException e) {
            log.warn("The leases of {} running tasks could not be renewed; trying again", now.size(), e);
        }
    }

    private void check(List<RunningTask> now) {
        Map<TaskId, TaskStore.Watch> found =
                store.watch(now.stream().map(RunningTask::id).distinct().toList());
        for (RunningTask run : now) {
            TaskStore.Watch watch = found.get(run.id());
            if (watch == null || !watch.token().equals(run.claim().token())) {
                run.lose();
            } else if (watch.cancelRequested()) {
                run.requestCancel();
            }
        }
    }

    private void renew(List<RunningTask> now, Instant time) {
        Instant until = time.plus(properties.lease());
        Map<TaskId, String> tokens = new HashMap<>();
        List<RunningTask> held = now.stream()
                .filter(run -> !run.isLost() && !run.isAbandoned() && !run.isExpired())
                .toList();
        held.forEach(run -> tokens.put(run.id(), run.claim().token()));
        store.renew(tokens, until);
        // A lease that was lost a moment ago counts as renewed here until the next check; writes are fenced anyway.
        held.forEach(run -> run.renewed(until));
    }
}
