package dev.waybill.syncs.runs;

import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Task that checks one sync: starts the run that is due, and recovers what a crash left of a run or of a pause. */
@Component
public class SyncCheck implements TaskHandler {

    /** Longer than any request that is about to store its sync. */
    private static final Duration REQUEST = Duration.ofMinutes(2);

    /** Poll interval of a sync that is not to run. */
    private static final Duration IDLE = Duration.ofMinutes(15);

    /** Events of older pauses are not emitted again; events are stored for much longer. */
    private static final Duration REPUBLISH_WINDOW = Duration.ofDays(1);

    private final SyncStore syncs;
    private final SyncRuns runs;
    private final ConnectionSyncs connected;
    private final SyncEvents events;
    private final SyncProperties properties;
    private final InstantSource clock;

    SyncCheck(
            SyncStore syncs,
            SyncRuns runs,
            ConnectionSyncs connected,
            SyncEvents events,
            SyncProperties properties,
            InstantSource clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.connected = connected;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return SyncWakeUp.HANDLER;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.ENDLESS;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        return syncs.find(run.text(SyncWakeUp.KEY))
                .map(this::check)
                .orElseGet(() -> clock.instant().isBefore(run.task().createdAt().plus(REQUEST))
                        ? new TaskOutcome.Later(properties.watchAfter())
                        : TaskOutcome.completed());
    }

    private TaskOutcome check(SyncEntity sync) {
        Instant due = sync.nextSyncAt();
        Instant now = clock.instant();
        if (sync.current() != null) {
            runs.reconcile(sync);
            return new TaskOutcome.Later(properties.watchAfter());
        }
        Pause pause = sync.paused();
        if (pause != null && now.isBefore(pause.at().plus(REPUBLISH_WINDOW))) {
            events.publishMissing(sync);
        }
        if (!sync.isRunnable() || due == null) {
            return new TaskOutcome.Later(IDLE);
        }
        if (now.isBefore(due)) {
            return new TaskOutcome.Later(Duration.between(now, due));
        }
        if (connected.pauseIfUnusable(sync)) {
            return new TaskOutcome.Later(IDLE);
        }
        runs.startIfIdle(sync, Trigger.SCHEDULE);
        return new TaskOutcome.Later(properties.watchAfter());
    }
}
