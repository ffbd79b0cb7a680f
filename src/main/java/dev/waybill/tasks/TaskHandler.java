package dev.waybill.tasks;

/**
 * Does one kind of work. A handler is a bean; workers find it by its name. It may be run more than once for one task, by
 * another instance after a crash too, so every effect of it must be repeatable.
 */
public interface TaskHandler {

    /** Stable: it is stored with each task. */
    String name();

    /**
     * Does the work, on a virtual thread. An exception counts as a failed attempt: it is tried again with back-off, and
     * after the last attempt of its {@link #retries()} the task is FAILED with a fixed sentence.
     */
    TaskOutcome run(TaskRun run) throws Exception;

    /** What to do about its exceptions. */
    RetryPolicy retries();

    /**
     * Whether callers may cancel this work. False for work that must not be left half done, such as a delete: canceling
     * then answers 409.
     */
    default boolean cancelable() {
        return true;
    }

    /**
     * Whether one run of it may take hours. All work of that kind together takes at most half of an instance's places;
     * what finds none waits as it is, PENDING, until one is given back.
     */
    default boolean isLong() {
        return false;
    }

    /** How many of its tasks one instance works on at a time for one organization, 1 or more; for work that is long. */
    default int mostOfOneOrganization() {
        return Integer.MAX_VALUE;
    }
}
