package dev.waybill.tasks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores tasks durably. Every write of a worker is conditional on its lease token, and returns whether it was written:
 * a worker that lost its lease changes nothing.
 *
 * <p>Two instants steer the work. {@code ready_at} is from when a worker may claim a task: the earliest start of a
 * PENDING one, the end of the lease of a PROCESSING one. {@code due_at} is from when a sweep finds it; for a fresh task
 * that is a little later, because the stream will have brought it to a worker by then.
 *
 * <p>A third, {@code again_at}, is when a task is to run once more after the present run: it was submitted meanwhile.
 * Whatever ends a run heeds it, in the write that ends it; so nothing is lost that is submitted at the last moment.
 * Only canceling drops it.
 */
interface TaskStore {

    /** A task with the name of the handler that does it. */
    record Stored(Task task, String handler) {}

    /** The lease token and the cancellation of a task that runs. */
    record Watch(String token, boolean cancelRequested) {}

    /** A task that is due. */
    record Due(TaskId id, String handler) {}

    /**
     * A handler without a free slot now.
     *
     * @param organization whose tasks; null for everybody's
     */
    record Full(String handler, @Nullable OrganizationId organization) {}

    /** Inserts a PENDING task if absent; false when there is one of that id. */
    boolean insert(Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt);

    Optional<Stored> find(OrganizationId organization, TaskId id);

    /** Of whichever organization; not for requests of callers. */
    Optional<Task> lookUp(TaskId id);

    /**
     * Makes a PENDING task start no later than {@code readyAt}, and a sweep find it no later than {@code dueAt}.
     *
     * @return when it would have started; empty when it does not wait
     */
    Optional<Instant> hasten(TaskId id, Instant readyAt, Instant dueAt);

    /** Makes a PROCESSING task run once more, no later than {@code againAt}; false when it does not run. */
    boolean repeatAt(TaskId id, Instant againAt);

    /** Replaces a FAILED task by a PENDING one of its id; false when there is none that FAILED. */
    boolean replaceFailed(Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt);

    /** Claims the task until {@code leaseUntil}; empty when it cannot be claimed. */
    Optional<Claim> claim(TaskId id, String token, Instant now, Instant leaseUntil);

    /** Extends the leases of those tasks (by their tokens) that still belong to them. */
    void renew(Map<TaskId, String> tokens, Instant leaseUntil);

    /** The lease tokens of these tasks, and whether they should stop. */
    Map<TaskId, Watch> watch(Collection<TaskId> ids);

    /** Sets these fields of {@code additional_data}; the others stay. */
    boolean progress(TaskId id, String token, Map<String, Object> additionalData, Instant now);

    /** False also when it is to run once more, which {@link #repeat} does; a CANCELED one is not. */
    boolean finish(TaskId id, String token, TaskCompletion taskCompletion, Instant now);

    /** Deletes a task that is done; false when it belongs to another worker, or is to run once more. */
    boolean forget(TaskId id, String token);

    /**
     * Puts a task whose run ended back as if it were new, when it is to run once more.
     *
     * @return when it may start; empty when it is not to, or belongs to another worker
     */
    Optional<Instant> repeat(TaskId id, String token, Instant now);

    /**
     * Puts it back after a failure, for another attempt.
     *
     * @return when it may start: then, or earlier when it was submitted for sooner; empty also when it was canceled
     *     meanwhile
     */
    Optional<Instant> retry(TaskId id, String token, Instant readyAt, Instant now);

    /** The same for one that is to go on later: its attempts and failures so far are reset. */
    Optional<Instant> reschedule(TaskId id, String token, Instant readyAt, Instant now);

    /** Ends the lease at once without counting the attempt, so that another worker goes on. */
    boolean release(TaskId id, String token, Instant now);

    /**
     * Cancels: one that waits at once, one that runs by requesting it of its worker. Done ones stay as they are.
     *
     * @return the task as it is after that; empty when there is none
     */
    Optional<Task> cancel(OrganizationId organization, TaskId id, Instant now);

    /**
     * Tasks that are due, the oldest first.
     *
     * @param handlers the handlers that are known here; tasks of others are due only since {@code straySince}
     * @param full what is left out, so that tasks that wait for a slot hide none that has one
     */
    List<Due> due(Instant now, Set<String> handlers, List<Full> full, Instant straySince, int limit);

    /** How many tasks could start and wait for a worker. */
    long waiting(Instant now);
}
