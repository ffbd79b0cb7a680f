package dev.waybill.tasks;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.redis.RedisGate;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The door to long-running work: hand it in, look at its receipt, cancel it. */
@Component
public class Tasks {

    /** Stands in {@code additional_data} of a receipt that the database answered. */
    static final String FROM_MONGODB = "from_mongodb";

    private static final int MAX_ROUNDS = 5;
    private static final Logger log = LoggerFactory.getLogger(Tasks.class);

    private final TaskStore store;
    private final TaskCache cache;
    private final TaskStream stream;
    private final TaskHandlers handlers;
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
            RedisGate gate,
            TaskProperties properties,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.cache = cache;
        this.stream = stream;
        this.handlers = handlers;
        this.gate = gate;
        this.properties = properties;
        this.ids = ids;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Keeps the task durably, then wakes a worker. When this returns, the work will be done, whether Redis is there or
     * not.
     *
     * @return the task, PENDING; or, for an id that was submitted before, the first one as it stands
     */
    public Task submit(NewTask work) {
        Instant now = clock.instant();
        TaskId id = work.id() == null ? new TaskId(ids.nextUuid().toString()) : work.id();
        Task task = new Task(
                id,
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
        Instant dueAt = gate.isClosed() ? now.plus(properties.wakeGrace()) : now;
        for (int round = 1; !store.insert(task, work.handler(), work.payload(), dueAt); round++) {
            Optional<Task> first = store.find(work.organization(), id).map(TaskStore.Stored::task);
            if (first.isPresent()) {
                return first.get();
            }
            // It was done, and its receipt removed, between the two looks; or it is none of theirs.
            if (round == MAX_ROUNDS) {
                throw new IllegalStateException("task %s is another organization's".formatted(id));
            }
        }
        faults.reach("task.stored");
        cache.put(task);
        if (!gate.run(() -> stream.announce(id, work.handler()))) {
            log.debug("No worker was woken for task {}; a sweep will find it", id);
        }
        return task;
    }

    /**
     * The receipt, from the cache or the database; {@code additional_data.from_mongodb} is true in the latter case. Never
     * a made-up one: an unknown id, or another organization's, is empty.
     */
    public Optional<Task> find(OrganizationId organization, TaskId id) {
        Optional<Task> cached = cache.find(id);
        if (cached.isPresent()) {
            return cached.filter(task -> task.organization().equals(organization));
        }
        Optional<Task> stored = store.find(organization, id).map(TaskStore.Stored::task);
        stored.ifPresent(cache::refill);
        return stored.map(task -> task.telling(FROM_MONGODB, true));
    }

    /**
     * Cancels: a waiting task at once; a running one as soon as its handler notices, about a second later. A task that is
     * done already stays as it is, so canceling twice is no mistake.
     *
     * @return the task as it stands afterwards; empty when there is none
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
