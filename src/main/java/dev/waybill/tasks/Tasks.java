package dev.waybill.tasks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Optional;

/** The door to long-running work: hand it in, look at its receipt, cancel it. */
public class Tasks {

    /** Keeps the task durably, then wakes a worker. When this returns, the work will be done. */
    public Task submit(NewTask work) {
        throw new IllegalStateException();
    }

    /** The receipt, from the cache or the database. */
    public Optional<Task> find(OrganizationId organization, TaskId id) {
        throw new IllegalStateException();
    }

    /** Cancels; a task that is done already stays as it is. Empty when there is none. */
    public Optional<Task> cancel(OrganizationId organization, TaskId id) {
        throw new IllegalStateException();
    }
}
