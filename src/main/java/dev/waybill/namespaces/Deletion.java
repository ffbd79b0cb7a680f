package dev.waybill.namespaces;

import dev.waybill.tasks.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The mark of something that is being deleted, kept in its document. It is written before the task is submitted and
 * holds the task's id, which is derived from the thing's id: whoever finds the mark can submit the task again, however
 * often, and there is still one task. After the purge it stays for a while as a tombstone, so that what arrives late (a
 * request that was on its way, a PUT to a URL that is still valid) is purged once more.
 *
 * @param name what the thing was called; its name is free again at once
 * @param attempt 1 for the first task; a task that failed or was canceled is followed by another one
 * @param checkAt when to look whether it is going on, or, of a tombstone, when to purge for the last time
 * @param purgedAt null until everything was removed for the first time
 */
public record Deletion(
        String name,
        String taskId,
        int attempt,
        Instant requestedAt,
        Instant checkAt,
        @Nullable Instant purgedAt) {

    /** How long a task may stand still before somebody looks after it. */
    private static final Duration CHECK_AFTER = Duration.ofMinutes(1);

    /** The longest life of an upload's URL is a day; a PUT that began within it may still be running. */
    private static final Duration LATE_WRITES = Duration.ofHours(25);

    /** The mark for a deletion that was asked for now. */
    public static Deletion asked(String kind, String id, String name, Instant now) {
        return new Deletion(name, taskId(kind, id, 1), 1, now, now.plus(CHECK_AFTER), null);
    }

    /** The same one, with another task for one that ended without success. */
    public Deletion again(String kind, String id, Instant now) {
        return new Deletion(
                name, taskId(kind, id, attempt + 1), attempt + 1, requestedAt, now.plus(CHECK_AFTER), purgedAt);
    }

    /** The same one, to be looked at later. */
    public Deletion later(Instant now) {
        return new Deletion(name, taskId, attempt, requestedAt, now.plus(CHECK_AFTER), purgedAt);
    }

    /** The tombstone. */
    public Deletion purged(Instant now) {
        return new Deletion(name, taskId, attempt, requestedAt, now.plus(LATE_WRITES), now);
    }

    public TaskId task() {
        return new TaskId(taskId);
    }

    private static String taskId(String kind, String id, int attempt) {
        String seed = "%s/%s/%d".formatted(kind, id, attempt);
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
