package dev.waybill.syncs;

import dev.waybill.syncs.SyncEntity.Pause;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Looks at one sync: begins the run that is due, and makes up for what a crash kept from a run, or from a pause. */
@Component
class SyncCheck implements TaskHandler {

    /** Longer than any request lasts that is about to store its sync. */
    private static final Duration REQUEST = Duration.ofMinutes(2);

    /** Of one that nobody wants to run. */
    private static final Duration IDLE = Duration.ofMinutes(15);

    /** What was not told by then was not to be told; events are forgotten much later. */
    private static final Duration TOLD = Duration.ofDays(1);

    private final SyncStore syncs;
    private final SyncRuns runs;
    private final ConnectionSyncs connected;
    private final SyncEvents news;
    private final SyncProperties properties;
    private final InstantSource clock;

    SyncCheck(
            SyncStore syncs,
            SyncRuns runs,
            ConnectionSyncs connected,
            SyncEvents news,
            SyncProperties properties,
            InstantSource clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.connected = connected;
        this.news = news;
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
                .map(this::look)
                .orElseGet(() -> clock.instant().isBefore(run.task().createdAt().plus(REQUEST))
                        ? new TaskOutcome.Later(properties.watchAfter())
                        : TaskOutcome.completed());
    }

    private TaskOutcome look(SyncEntity sync) {
        Instant due = sync.nextSyncAt();
        Instant now = clock.instant();
        if (sync.current() != null) {
            runs.lookAfter(sync);
            return new TaskOutcome.Later(properties.watchAfter());
        }
        Pause pause = sync.paused();
        if (pause != null && now.isBefore(pause.at().plus(TOLD))) {
            news.makeUp(sync);
        }
        if (!sync.isRunnable() || due == null) {
            return new TaskOutcome.Later(IDLE);
        }
        if (now.isBefore(due)) {
            return new TaskOutcome.Later(Duration.between(now, due));
        }
        if (connected.pausesToo(sync)) {
            return new TaskOutcome.Later(IDLE);
        }
        runs.startUnlessOneGoes(sync, Trigger.SCHEDULE);
        return new TaskOutcome.Later(properties.watchAfter());
    }
}
