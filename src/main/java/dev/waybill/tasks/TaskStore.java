package dev.waybill.tasks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The durable truth about tasks. Everything a worker writes is conditional on its token, and says whether it was
 * written: a worker that lost its lease changes nothing.
 *
 * <p>Two instants steer the work. {@code ready_at} is from when a worker may claim a task: the earliest start of a
 * PENDING one, the end of the lease of a PROCESSING one. {@code due_at} is from when a sweep looks at it; for a fresh
 * task that is a little later, because the stream will have brought it to a worker by then.
 */
interface TaskStore {

    /** A task with the name of the handler that does it. */
    record Stored(Task task, String handler) {}

    /** What a worker should know about a task that it runs. */
    record Watch(String token, boolean cancelRequested) {}

    /** A task that stands still. */
    record Due(TaskId id, String handler) {}

    /** Keeps a PENDING task that may start at once; false when there is one of that id. */
    boolean insert(Task task, String handler, Map<String, Object> payload, Instant dueAt);

    Optional<Stored> find(OrganizationId organization, TaskId id);

    /** Makes the task the worker's own until {@code leaseUntil}; empty when it is not to be had. */
    Optional<Claim> claim(TaskId id, String token, Instant now, Instant leaseUntil);

    /** Extends the leases of those tasks (by their tokens) that still belong to them. */
    void renew(Map<TaskId, String> tokens, Instant leaseUntil);

    /** Who has these tasks, and whether they should stop. */
    Map<TaskId, Watch> watch(Collection<TaskId> ids);

    boolean progress(TaskId id, String token, Map<String, Object> progress, Instant now);

    boolean finish(TaskId id, String token, Ending ending, Instant now);

    /** Forgets a task that is done; false when it belongs to another worker. */
    boolean forget(TaskId id, String token);

    /** Puts it back after a failure, for another attempt; false also when it was canceled meanwhile. */
    boolean retry(TaskId id, String token, Instant readyAt, Instant now);

    /** Puts it back for later without counting the attempt; false also when it was canceled meanwhile. */
    boolean putOff(TaskId id, String token, Instant readyAt, Instant now);

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
     */
    List<Due> due(Instant now, Set<String> handlers, Instant straySince, int limit);

    /** How many tasks wait for a worker. */
    long waiting();
}
