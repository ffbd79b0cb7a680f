package dev.waybill.tasks;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.tasks.TaskMetrics.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs one attempt at a task: claim, handler, completion. */
@Component
class TaskRunner {

    private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

    private final TaskStore store;
    private final TaskCache cache;
    private final TaskHandlers handlers;
    private final RunningTasks running;
    private final TaskMetrics metrics;
    private final TaskProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    TaskRunner(
            TaskStore store,
            TaskCache cache,
            TaskHandlers handlers,
            RunningTasks running,
            TaskMetrics metrics,
            TaskProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.cache = cache;
        this.handlers = handlers;
        this.running = running;
        this.metrics = metrics;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    /** Claims the task; empty when it is done, runs elsewhere, or may not start yet. */
    Optional<RunningTask> claim(TaskId id) {
        Instant now = clock.instant();
        Optional<Claim> claim = store.claim(id, UUID.randomUUID().toString(), now, now.plus(properties.lease()));
        if (claim.isEmpty()) {
            metrics.claimedLate();
        }
        claim.filter(Claim::takenOver).ifPresent(taken -> {
            metrics.reclaimed();
            log.info("Took over task {} ({}), attempt {}", id, taken.handler(), taken.attempt());
        });
        return claim.map(claimed -> new RunningTask(claimed, clock));
    }

    void run(RunningTask run) {
        long start = System.nanoTime();
        run.startedOn(Thread.currentThread());
        running.add(run);
        Result result = Result.LOST;
        try {
            result = attempt(run);
        } catch (RuntimeException | Error e) {
            // The end could not be written. The lease runs out, and another run makes up for it.
            log.warn("Task {} ended, but that could not be stored; it will run again", run.id(), e);
        } finally {
            running.remove(run);
            metrics.ran(run.claim().handler(), result, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private Result attempt(RunningTask run) {
        Claim claim = run.claim();
        if (claim.cancelRequested()) {
            return end(run, TaskStatus.CANCELED, List.of(), Map.of(), null);
        }
        Optional<TaskHandler> handler = handlers.find(claim.handler());
        if (handler.isEmpty()) {
            log.error("No instance knows the handler '{}' of task {}", claim.handler(), run.id());
            return fail(run, "No worker knows how to do this work ('%s').".formatted(claim.handler()));
        }
        RetryPolicy retries = handler.get().retries();
        if (claim.attempt() > retries.claims(properties)) {
            log.error("Task {} ({}) lost its worker {} times", run.id(), claim.handler(), claim.attempt() - 1);
            return fail(run, "The work was interrupted too often and is not tried again.");
        }
        TaskOutcome outcome;
        try {
            faults.reach(run.task().faultPoint("claimed"));
            outcome = handler.get().run(run);
            faults.reach(run.task().faultPoint("handled"));
        } catch (Throwable e) {
            return failed(run, e, retries);
        }
        return complete(run, outcome);
    }

    private Result complete(RunningTask run, TaskOutcome outcome) {
        return switch (outcome) {
            case TaskOutcome.Completed done ->
                end(run, TaskStatus.COMPLETED, done.outputs(), done.additionalData(), null);
            case TaskOutcome.CompletedWithErrors done ->
                end(run, TaskStatus.COMPLETED_WITH_ERRORS, done.outputs(), done.additionalData(), done.error());
            case TaskOutcome.Failed failed ->
                end(run, TaskStatus.FAILED, failed.outputs(), failed.additionalData(), failed.error());
            case TaskOutcome.Canceled canceled -> stopped(run);
            case TaskOutcome.Later later -> reschedule(run, later.after());
        };
    }

    /** A handler stops early because of a cancellation, or because its lease was lost. */
    private Result stopped(RunningTask run) {
        if (run.isAbandoned()) {
            return Result.ABANDONED;
        }
        if (run.isCancelRequested() || !run.canceled()) {
            return end(run, TaskStatus.CANCELED, List.of(), Map.of(), null);
        }
        return Result.LOST;
    }

    private Result failed(RunningTask run, Throwable cause, RetryPolicy retries) {
        if (run.isAbandoned()) {
            return Result.ABANDONED;
        }
        if (run.isCancelRequested()) {
            log.info("Task {} was canceled; its handler left with an exception", run.id(), cause);
            return end(run, TaskStatus.CANCELED, List.of(), Map.of(), null);
        }
        int failures = run.claim().failures() + 1;
        if (failures >= retries.attempts(properties)) {
            log.error("Task {} ({}) failed for good", run.id(), run.claim().handler(), cause);
            return fail(run, errorMessage(cause, failures));
        }
        Duration wait = withJitter(retries.pause(failures, properties));
        log.warn(
                "Task {} ({}) failed {} times; trying again in {}",
                run.id(),
                run.claim().handler(),
                failures,
                wait,
                cause);
        run.stopReporting();
        Instant now = clock.instant();
        Instant readyAt = now.plus(wait);
        return putBackOrCancel(run, store.retry(run.id(), run.claim().token(), readyAt, now), Result.RETRIED);
    }

    /** Only a message that was written for callers reaches them. */
    private static String errorMessage(Throwable cause, int failures) {
        return cause instanceof WaybillException e
                ? e.getMessage()
                : "The work failed %d times and is not tried again.".formatted(failures);
    }

    private Result reschedule(RunningTask run, Duration after) {
        run.stopReporting();
        Instant now = clock.instant();
        Instant readyAt = now.plus(after);
        return putBackOrCancel(run, store.reschedule(run.id(), run.claim().token(), readyAt, now), Result.PUT_OFF);
    }

    /** It is PENDING again, unless it was canceled while it ran. */
    private Result putBackOrCancel(RunningTask run, Optional<Instant> readyAt, Result result) {
        if (readyAt.isPresent()) {
            putBack(run, readyAt.get());
            return result;
        }
        return end(run, TaskStatus.CANCELED, List.of(), Map.of(), null);
    }

    private void putBack(RunningTask run, Instant readyAt) {
        run.rescheduled(readyAt);
        cache.put(run.snapshot().in(TaskStatus.PENDING, clock.instant()));
    }

    private Result fail(RunningTask run, String error) {
        return end(run, TaskStatus.FAILED, List.of(), Map.of(), error);
    }

    private Result end(
            RunningTask run,
            TaskStatus status,
            List<Object> outputs,
            Map<String, Object> added,
            @Nullable String error) {
        run.stopReporting();
        TaskCompletion taskCompletion = TaskCompletion.of(status, outputs, run.additionalDataSoFar(), added, error);
        Instant now = clock.instant();
        boolean forgotten = run.task().isInternal() && status != TaskStatus.FAILED;
        boolean finished = forgotten
                ? store.forget(run.id(), run.claim().token())
                : store.finish(run.id(), run.claim().token(), taskCompletion, now);
        Optional<Instant> again =
                finished ? Optional.empty() : store.repeat(run.id(), run.claim().token(), now);
        if (!finished && again.isEmpty()) {
            metrics.fenced();
            log.warn("Task {} ended here, but another worker has it", run.id());
            return Result.LOST;
        }
        faults.reach(run.task().faultPoint("finished"));
        again.ifPresentOrElse(
                readyAt -> putBack(run, readyAt), () -> cache.put(run.task().ended(taskCompletion, now)));
        return Result.valueOf(status.name());
    }

    /** From half to the whole of it. */
    private static Duration withJitter(Duration pause) {
        long millis = pause.toMillis();
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
