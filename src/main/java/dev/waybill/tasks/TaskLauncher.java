package dev.waybill.tasks;

import dev.waybill.platform.redis.RedisGate;
import dev.waybill.tasks.TaskStream.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Launches tasks that a worker has found, each on a virtual thread of its own: if it can be claimed, and there is a
 * slot.
 */
final class TaskLauncher {

    private static final Logger log = LoggerFactory.getLogger(TaskLauncher.class);

    private final TaskRunner runner;
    private final TaskStore store;
    private final TaskStream stream;
    private final LongTaskSlots longTaskSlots;
    private final DueTimes dueTimes;
    private final RedisGate gate;
    private final InstantSource clock;

    TaskLauncher(
            TaskRunner runner,
            TaskStore store,
            TaskStream stream,
            LongTaskSlots longTaskSlots,
            DueTimes dueTimes,
            RedisGate gate,
            InstantSource clock) {
        this.runner = runner;
        this.store = store;
        this.stream = stream;
        this.longTaskSlots = longTaskSlots;
        this.dueTimes = dueTimes;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Returns at once.
     *
     * @param entry where it was found in the stream; null when it was in the database
     * @param over runs afterwards, whatever the outcome
     */
    void begin(TaskId id, String handler, @Nullable Entry entry, Runnable over) {
        Thread.ofVirtual().name("task-" + id).start(() -> {
            try (MDC.MDCCloseable ignored = MDC.putCloseable("task_id", id.value())) {
                work(id, handler, entry);
            } finally {
                over.run();
            }
        });
    }

    private void work(TaskId id, String handler, @Nullable Entry entry) {
        try {
            Optional<TaskHandler> lasting = longTaskSlots.handler(handler);
            if (lasting.isEmpty()) {
                claim(id, entry);
            } else {
                workLong(id, lasting.get(), entry);
            }
        } catch (RuntimeException | Error e) {
            log.warn(
                    "Task {} could not be claimed; it stays where it is: {}",
                    id,
                    e.getClass().getSimpleName());
            log.debug("Task {} could not be claimed", id, e);
        }
    }

    /** Without a slot it stays as it is: sweeps find it once there is one, the oldest first. */
    private void workLong(TaskId id, TaskHandler handler, @Nullable Entry entry) {
        Optional<LongTaskSlots.Slot> slot =
                store.lookUp(id).flatMap(task -> longTaskSlots.acquire(handler, task.organization()));
        if (slot.isEmpty()) {
            acknowledge(entry);
            return;
        }
        try (LongTaskSlots.Slot taken = slot.get()) {
            claim(id, entry);
        }
        dueTimes.add(clock.instant()); // a task may wait for the slot
    }

    private void claim(TaskId id, @Nullable Entry entry) {
        Optional<RunningTask> run = runner.claim(id);
        // From here on the lease says who runs it. Had claiming failed, the entry would be reclaimed later.
        acknowledge(entry);
        run.ifPresent(this::finish);
    }

    private void acknowledge(@Nullable Entry entry) {
        if (entry != null) {
            gate.run(() -> stream.acknowledge(entry));
        }
    }

    private void finish(RunningTask run) {
        runner.run(run);
        Instant again = run.againAt();
        if (again != null) {
            dueTimes.add(again);
        }
    }
}
