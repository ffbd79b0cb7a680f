package dev.waybill.syncs;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Has somebody look at a sync in time: one task for each sync, which begins the runs that are due and looks after the one
 * that goes. It lives as long as its sync does.
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

    /** Before a sync is stored, so that a crash right behind that leaves none that nobody looks at. */
    void making(SyncEntity sync) {
        at(sync, clock.instant());
    }

    /** Once it is due. */
    void next(SyncEntity sync) {
        Instant due = sync.nextSyncAt();
        if (due != null) {
            at(sync, due);
        }
    }

    /** After that. */
    void in(SyncEntity sync, Duration wait) {
        at(sync, clock.instant().plus(wait));
    }

    private void at(SyncEntity sync, Instant due) {
        TaskId id = TaskId.derivedFrom(
                "watch sync %s %d".formatted(sync.key(), sync.createdAt().toEpochMilli()));
        tasks.submitAt(NewTask.internal(id, HANDLER, Map.of(KEY, sync.key())), due);
    }
}
