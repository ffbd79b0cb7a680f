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
 * The durable truth about tasks. Everything a worker writes is conditional on its token, and says whether it was
 * written: a worker that lost its lease changes nothing.
 *
 * <p>Two instants steer the work. {@code ready_at} is from when a worker may claim a task: the earliest start of a
 * PENDING one, the end of the lease of a PROCESSING one. {@code due_at} is from when a sweep looks at it; for a fresh
 * task that is a little later, because the stream will have brought it to a worker by then.
 *
 * <p>A third, {@code again_at}, is when a task is to run once more after the run that goes on: somebody submitted it
 * meanwhile. Whatever ends a run keeps to it, in the write that ends it; so nothing is lost that is submitted at the last
 * moment. Only canceling drops it.
 */
interface TaskStore {

    /** A task with the name of the handler that does it. */
    record Stored(Task task, String handler) {}

    /** What a worker should know about a task that it runs. */
    record Watch(String token, boolean cancelRequested) {}

    /** A task that stands still. */
    record Due(TaskId id, String handler) {}

    /** Work for which there is no room now. @param organization whose; null for everybody's */
    record Full(String handler, @Nullable OrganizationId organization) {}

    /** Keeps a PENDING task; false when there is one of that id. */
    boolean insert(Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt);

    Optional<Stored> find(OrganizationId organization, TaskId id);

    /** Of whichever organization; not for callers. */
    Optional<Task> lookUp(TaskId id);

    /**
     * Makes a PENDING task start no later than {@code readyAt}, and a sweep look at it no later than {@code dueAt}.
     *
     * @return when it would have started; empty when it does not wait
     */
    Optional<Instant> hasten(TaskId id, Instant readyAt, Instant dueAt);

    /** Makes a PROCESSING task run once more, no later than {@code againAt}; false when it does not run. */
    boolean repeatAt(TaskId id, Instant againAt);

    /** Puts a PENDING task in the place of a FAILED one of its id; false when there is none that FAILED. */
    boolean replaceFailed(Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt);

    /** Makes the task the worker's own until {@code leaseUntil}; empty when it is not to be had. */
    Optional<Claim> claim(TaskId id, String token, Instant now, Instant leaseUntil);

    /** Extends the leases of those tasks (by their tokens) that still belong to them. */
    void renew(Map<TaskId, String> tokens, Instant leaseUntil);

    /** Who has these tasks, and whether they should stop. */
    Map<TaskId, Watch> watch(Collection<TaskId> ids);

    /** Sets these of {@code additional_data}; the others stay. */
    boolean progress(TaskId id, String token, Map<String, Object> told, Instant now);

    /** False also when it is to run once more, which {@link #repeat} sees to; a CANCELED one is not. */
    boolean finish(TaskId id, String token, TaskCompletion taskCompletion, Instant now);

    /** Forgets a task that is done; false when it belongs to another worker, or is to run once more. */
    boolean forget(TaskId id, String token);

    /**
     * Puts a task whose run came to its end back as if it were new, when it is to run once more.
     *
     * @return when it may start; empty when it is not to, or belongs to another worker
     */
    Optional<Instant> repeat(TaskId id, String token, Instant now);

    /**
     * Puts it back after a failure, for another attempt.
     *
     * @return when it may start: then, or earlier when somebody wants it sooner; empty also when it was canceled meanwhile
     */
    Optional<Instant> retry(TaskId id, String token, Instant readyAt, Instant now);

    /** The same for one that is to go on later: its attempts and failures so far are forgotten. */
    Optional<Instant> putOff(TaskId id, String token, Instant readyAt, Instant now);

    /** Ends the lease at once without counting the attempt, so that another worker goes on. */
    boolean handBack(TaskId id, String token, Instant now);

    /**
     * Cancels: one that waits at once, one that runs by asking its worker. Done ones stay as they are.
     *
     * @return the task as it stands after that; empty when there is none
     */
    Optional<Task> cancel(OrganizationId organization, TaskId id, Instant now);

    /**
     * What stands still, the oldest first.
     *
     * @param handlers the handlers that are known here; tasks of others are due only since {@code straySince}
     * @param full what is not looked for, so that what waits for room hides nothing that has it
     */
    List<Due> due(Instant now, Set<String> handlers, List<Full> full, Instant straySince, int limit);

    /** How many tasks could start and wait for a worker. */
    long waiting(Instant now);
}
