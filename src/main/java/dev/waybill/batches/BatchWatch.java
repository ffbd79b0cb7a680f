package dev.waybill.batches;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Has batches looked after by a {@link WatchTask}. Whoever is about to do something with a batch that must come to its end
 * asks for that first, so that a crash anywhere is made up for. Each time it is a task of its own: of two that were
 * submitted under one id, the earlier might come before what the later is for.
 */
@Component
class BatchWatch {

    /** The name of the handler. */
    static final String HANDLER = "batches.watch";

    static final String ORGANIZATION = "organization_id";
    static final String NAMESPACE = "namespace_id";
    static final String BATCH = "batch_id";
    static final String RUN = "run";

    /** What was not made by then is left half made. */
    static final Duration MADE = Duration.ofMinutes(15);

    private final Tasks tasks;
    private final BatchStore store;
    private final BatchProperties properties;
    private final InstantSource clock;

    BatchWatch(Tasks tasks, BatchStore store, BatchProperties properties, InstantSource clock) {
        this.tasks = tasks;
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** Before a run of that number begins. */
    void beginning(Batch batch, int run) {
        lookAfter(batch, run, properties.watchAfter());
    }

    /** Before it is made, which is over long before the watch comes. */
    void making(Batch batch) {
        lookAfter(batch, batch.run(), MADE);
    }

    /**
     * Stops a run, as {@link BatchStore#stop} does, and has the batch's objects told of it soon. Should this die in between,
     * the watch of the run does so a little later.
     */
    boolean stop(Batch batch, @Nullable String error) {
        boolean stopped = store.stop(batch, error, clock.instant());
        if (stopped) {
            lookAfter(batch, batch.run(), Duration.ZERO);
        }
        return stopped;
    }

    private void lookAfter(Batch batch, int run, Duration after) {
        NewTask look = NewTask.internal(
                new TaskId(UUID.randomUUID().toString()),
                HANDLER,
                Map.of(
                        ORGANIZATION,
                        batch.scope().organization().value(),
                        NAMESPACE,
                        batch.scope().namespace().value(),
                        BATCH,
                        batch.id().value(),
                        RUN,
                        run));
        tasks.submitAt(look, clock.instant().plus(after));
    }
}
