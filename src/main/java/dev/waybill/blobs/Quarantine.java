package dev.waybill.blobs;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.tasks.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Quarantine of the orphans that a reconciliation found, until it can no longer be undone:
 * {@code quarantine/<task>/<original key>}. Every step is idempotent: what was copied and not removed when a crash came
 * is copied and removed once more.
 */
@Component
class Quarantine {

    /** How long bytes can be restored. */
    static final Duration RETENTION = Duration.ofDays(7);

    private static final String PREFIX = "quarantine/";
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    private static final int PAGE = 1_000;
    private static final int LONGEST_KEY = 1_024;

    private final ObjectStorage storage;
    private final FaultPoints faults;
    private final InstantSource clock;

    Quarantine(ObjectStorage storage, FaultPoints faults, InstantSource clock) {
        this.storage = storage;
        this.faults = faults;
        this.clock = clock;
    }

    /** Outcome of a move. */
    enum Move {
        DONE,
        /** The source is no longer there: moved or removed by others. */
        GONE,
        /** Not moved: the bytes can't be copied, and stay where they were. */
        STAYS
    }

    Move put(TaskId task, ObjectKey key) {
        String quarantined = prefix(task) + key;
        boolean fits = quarantined.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
        return fits ? move(key, new ObjectKey(quarantined)) : Move.STAYS;
    }

    /** @param quarantined one that {@link #next} listed */
    Move restore(TaskId task, ObjectKey quarantined) {
        return move(quarantined, origin(task, quarantined));
    }

    /** The next page of what a task put into quarantine; up to {@value #PAGE}, fewer when there are no more. */
    List<StoredObject> next(TaskId task, @Nullable ObjectKey after) {
        return storage.list(prefix(task), after, PAGE);
    }

    /** The key that bytes had before they were quarantined. */
    static ObjectKey origin(TaskId task, ObjectKey quarantined) {
        return new ObjectKey(quarantined.value().substring(prefix(task).length()));
    }

    @Scheduled(fixedDelayString = "${waybill.blobs.quarantine-interval:1h}")
    @SchedulerLock(name = "quarantine-expiry", lockAtMostFor = "PT1H")
    public void expire() {
        Instant limit = clock.instant().minus(RETENTION);
        @Nullable ObjectKey last = null;
        try {
            while (true) {
                List<StoredObject> page = storage.list(PREFIX, last, PAGE);
                List<ObjectKey> expired = page.stream()
                        .filter(found -> KeyWalk.isWrittenBefore(found, limit))
                        .map(StoredObject::key)
                        .toList();
                if (!expired.isEmpty()) {
                    storage.deleteAll(expired);
                }
                if (page.size() < PAGE) {
                    return;
                }
                last = page.getLast().key();
            }
        } catch (StorageException away) {
            LOG.info("Old bytes under {} wait for storage: {}", PREFIX, away.kind());
        }
    }

    /** The source is removed only once its copy is known to have its size; only this service writes either key. */
    private Move move(ObjectKey from, ObjectKey to) {
        Optional<StoredObject> found = storage.head(from);
        if (found.isEmpty()) {
            return Move.GONE;
        }
        StoredObject bytes = found.get();
        CopyResult result = storage.copy(new CopyTerms(
                from, bytes.etag(), bytes.size(), to, type(bytes), filename(from), bytes.contentEncoding()));
        faults.reach("blobs.quarantine.copied");
        if (result instanceof CopyResult.Absent) {
            return Move.GONE;
        }
        boolean isSafe = result instanceof CopyResult.Copied copied && (copied.isProven() || holds(to, bytes.size()));
        if (isSafe) {
            storage.delete(from);
        }
        return isSafe ? Move.DONE : Move.STAYS;
    }

    private boolean holds(ObjectKey key, long size) {
        return storage.head(key).filter(copy -> copy.size() == size).isPresent();
    }

    private static String type(StoredObject bytes) {
        String type = bytes.contentType();
        return type == null || type.isBlank() ? MediaTypes.UNKNOWN : type;
    }

    private static @Nullable String filename(ObjectKey key) {
        return FileNames.problems(key.filename()).isEmpty() ? key.filename() : null;
    }

    private static String prefix(TaskId task) {
        return PREFIX + task + "/";
    }
}
