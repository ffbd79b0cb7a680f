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
}
