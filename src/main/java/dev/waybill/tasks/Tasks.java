package dev.waybill.tasks;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.redis.RedisGate;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** API of this module for others: submits tasks, finds and cancels them. */
@Component
public class Tasks {

    /** Set in {@code additional_data} of a task that was read from the database. */
    static final String FROM_MONGODB = "from_mongodb";

    /** Additional data of a task that was read from the database. */
    static final Map<String, Object> UNCACHED = Map.of(
            FROM_MONGODB,
            true,
            "note",
            "Read from the database: the cache keeps tasks for 24 hours, and has not got this one.");

    private static final int MAX_ROUNDS = 200;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);

    private final TaskStore store;
    private final TaskCache cache;
    private final TaskStream stream;
    private final TaskHandlers handlers;
    private final DueTimes dueTimes;
    private final RedisGate gate;
    private final TaskProperties properties;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final InstantSource clock;

    Tasks(
            TaskStore store,
            TaskCache cache,
            TaskStream stream,
            TaskHandlers handlers,
            DueTimes dueTimes,
            RedisGate gate,
            TaskProperties properties,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.cache = cache;
        this.stream = stream;
        this.handlers = handlers;
        this.dueTimes = dueTimes;
        this.gate = gate;
        this.properties = properties;
        this.ids = ids;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Stores the task durably, then wakes a worker. When this returns, the work will be done, whether Redis is
     * available or not.
     *
     * @return the task, PENDING; or, for an id that was submitted before, the first one as it is
     */
    public Task submit(NewTask work) {
        Instant now = clock.instant();
        Task task = newTask(work, now);
        for (int round = 0; !insert(task, work, now, now); round++) {
            Optional<Task> first = first(task);
            if (first.isPresent()) {
                return first.get();
            }
            pause(task.id(), round);
        }
        return task;
    }

    /**
     * Stores the task durably, to be run at {@code dueAt} or as soon after it as a worker is free; an instant that has
     * passed means at once. When this returns, the work will be done, whether Redis is available or not.
     *
     * <p>Submissions of one id are one task. A PENDING one runs at the earliest due time requested, which may be before
     * this one: a handler that is not due yet returns {@link TaskOutcome.Later}, and work of which the handler cannot
     * know that needs an id of its own. One that runs is run once more after that, at this instant, so that nothing is
     * lost that is submitted while a run ends. One of the service itself that FAILED begins anew. Any other that is
     * done stays as it is.
     *
     * @return the task as it is
     */
    public Task submitAt(NewTask work, Instant dueAt) {
        Instant now = clock.instant();
        Task task = newTask(work, now);
        for (int round = 0; true; round++) {
            boolean surelyNew = work.id() == null && round == 0;
            Optional<Task> first = surelyNew ? Optional.empty() : first(task);
            boolean submitted =
                    first.isEmpty() ? insert(task, work, dueAt, now) : resubmit(first.get(), task, work, dueAt, now);
            if (submitted) {
                return first.filter(other -> other.status() != TaskStatus.FAILED || !other.isInternal())
                        .orElse(task);
            }
            pause(task.id(), round);
        }
    }

    private Task newTask(NewTask work, Instant now) {
        return new Task(
                work.id() == null ? new TaskId(ids.nextUuid().toString()) : work.id(),
                work.organization(),
                work.namespace(),
                work.type(),
                TaskStatus.PENDING,
                work.inputs(),
                List.of(),
                work.additionalData(),
                null,
                now,
                now);
    }

    /** What was submitted under this task's id before. */
    private Optional<Task> first(Task task) {
        Optional<Task> first = store.lookUp(task.id());
        if (first.isPresent() && !first.get().organization().equals(task.organization())) {
            throw new IllegalStateException("task %s is another organization's".formatted(task.id()));
        }
        return first;
    }

    private boolean insert(Task task, NewTask work, Instant dueAt, Instant now) {
        if (!store.insert(task, work.handler(), work.payload(), dueAt, sweepAt(dueAt, now))) {
            return false;
        }
        faults.reach(task.faultPoint("stored"));
        cache.put(task);
        wake(task.id(), work.handler(), dueAt, now);
        return true;
    }

    /** False when the existing one changed since it was read. */
    private boolean resubmit(Task first, Task task, NewTask work, Instant dueAt, Instant now) {
        return switch (first.status()) {
            case PENDING -> hasten(task.id(), work.handler(), dueAt, now);
            case PROCESSING -> store.repeatAt(task.id(), dueAt);
            case FAILED -> !first.isInternal() || restartFailed(task, work, dueAt, now);
            default -> true;
        };
    }

    private boolean hasten(TaskId id, String handler, Instant dueAt, Instant now) {
        Optional<Instant> before = store.hasten(id, dueAt, sweepAt(dueAt, now));
        if (before.isPresent() && before.get().isAfter(now) && before.get().isAfter(dueAt)) {
            wake(id, handler, dueAt, now);
        }
        return before.isPresent();
    }

    private boolean restartFailed(Task task, NewTask work, Instant dueAt, Instant now) {
        boolean begun = store.replaceFailed(task, work.handler(), work.payload(), dueAt, sweepAt(dueAt, now));
        if (begun) {
            wake(task.id(), work.handler(), dueAt, now);
        }
        return begun;
    }

    /** What is announced is left to the stream for a while. */
    private Instant sweepAt(Instant dueAt, Instant now) {
        return dueAt.isAfter(now) || !gate.isClosed() ? dueAt : now.plus(properties.wakeGrace());
    }

    private void wake(TaskId id, String handler, Instant dueAt, Instant now) {
        if (dueAt.isAfter(now)) {
            dueTimes.add(dueAt);
        } else if (!gate.run(() -> stream.announce(id, handler))) {
            log.debug("No worker was woken for task {}; a sweep will find it", id);
        }
    }

    /**
     * The task changed between two reads, or its last change is not visible yet: reads see only what a majority has.
     */
    private static void pause(TaskId id, int round) {
        if (round >= MAX_ROUNDS) {
            throw WaybillException.tryAgain("Task '%s' was changed by others all the time. Try again.".formatted(id));
        }
        LockSupport.parkNanos(
                PAUSE.multipliedBy(Math.min(round, 20)).dividedBy(20).toNanos());
    }

    /**
     * The task, from the cache or the database; {@code additional_data.from_mongodb} is true in the latter case, and a
     * note says so. Never a made-up one: an unknown id, or another organization's, is empty.
     */
    public Optional<Task> find(OrganizationId organization, TaskId id) {
        Optional<Task> cached = cache.find(id);
        if (cached.isPresent()) {
            return cached.filter(task -> task.organization().equals(organization));
        }
        Optional<Task> stored = store.find(organization, id).map(TaskStore.Stored::task);
        stored.ifPresent(cache::refill);
        return stored.map(task -> task.withAdditionalData(UNCACHED));
    }

    /**
     * Cancels: a waiting task at once; a running one as soon as its handler notices, about a second later. A task that
     * is done already stays as it is, so canceling twice is no mistake.
     *
     * @return the task as it is afterwards; empty when there is none
     * @throws WaybillException 409 when its handler must not be stopped halfway
     */
    public Optional<Task> cancel(OrganizationId organization, TaskId id) {
        Optional<TaskStore.Stored> stored = store.find(organization, id);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        Task task = stored.get().task();
        boolean cancelable = handlers.find(stored.get().handler())
                .map(TaskHandler::cancelable)
                .orElse(true);
        if (!cancelable && !task.status().isFinal()) {
            throw new WaybillException(
                    ErrorCode.TASK_NOT_CANCELABLE,
                    "Task '%s' cannot be canceled: its work must not be left half done".formatted(id),
                    Map.of("resource", "task", "id", id.value()));
        }
        Optional<Task> after = store.cancel(organization, id, clock.instant());
        after.filter(found -> found.status().isFinal()).ifPresent(cache::put);
        return after;
    }
}
