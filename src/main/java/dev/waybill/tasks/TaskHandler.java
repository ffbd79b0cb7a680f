package dev.waybill.tasks;

/**
 * Handler of one kind of task. A handler is a bean; workers find it by its name. It may be run more than once for one
 * task, by another instance after a crash too, so every effect of it must be repeatable.
 */
public interface TaskHandler {

    /** Stable: it is stored with each task. */
    String name();

    /**
     * Does the work, on a virtual thread. An exception counts as a failed attempt: it is retried with backoff, and
     * after the last attempt of its {@link #retries()} the task is FAILED with a fixed message.
     */
    TaskOutcome run(TaskRun run) throws Exception;

    /** How its exceptions are retried. */
    RetryPolicy retries();

    /**
     * Whether callers may cancel this work. False for work that must not be left half done, such as a delete: canceling
     * then answers 409.
     */
    default boolean cancelable() {
        return true;
    }

    /**
     * Whether one run of it may take hours. All tasks of that kind together take at most half of an instance's slots;
     * one that finds none stays PENDING until one is released.
     */
    default boolean isLong() {
        return false;
    }

    /** How many of its tasks one instance runs at a time for one organization, 1 or more; for long work. */
    default int mostOfOneOrganization() {
        return Integer.MAX_VALUE;
    }
}
