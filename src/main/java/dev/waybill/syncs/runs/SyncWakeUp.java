package dev.waybill.syncs.runs;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Schedules the check task of a sync, {@link SyncCheck}: one task per sync, which starts due runs and recovers the one
 * in progress. It lives as long as its sync.
 */
@Component
class SyncWakeUp {

    static final String HANDLER = "syncs.watch";
    static final String KEY = "sync_key";

    private final Tasks tasks;
    private final InstantSource clock;

    SyncWakeUp(Tasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Called before a sync is stored, so that a crash right after cannot leave one without a check. */
    void beforeInsert(SyncEntity sync) {
        at(sync, clock.instant());
    }

    /** Schedules the check for when the next run is due. */
    void next(SyncEntity sync) {
        Instant due = sync.nextSyncAt();
        if (due != null) {
            at(sync, due);
        }
    }

    /** Schedules the check after a delay. */
    void in(SyncEntity sync, Duration wait) {
        at(sync, clock.instant().plus(wait));
    }

    private void at(SyncEntity sync, Instant due) {
        TaskId id = TaskId.derivedFrom(
                "watch sync %s %d".formatted(sync.key(), sync.createdAt().toEpochMilli()));
        tasks.submitAt(NewTask.internal(id, HANDLER, Map.of(KEY, sync.key())), due);
    }
}
