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
 * Where a reconciliation puts bytes that nobody owns, for as long as it may be undone:
 * {@code quarantine/<the task>/<the key they had>}. Every step may be done again after a crash: what was copied and not
 * removed is copied and removed once more.
 */
@Component
class Quarantine {

    /** How long bytes can be given back. */
    static final Duration KEPT = Duration.ofDays(7);

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

    /** What became of bytes that were to be moved. */
    enum Move {
        DONE,
        /** Somebody else has moved or removed them. */
        GONE,
        /** They are where they were, as they can't be copied. */
        STAYS
    }

    Move take(TaskId task, ObjectKey key) {
        String place = prefix(task) + key;
        boolean fits = place.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
        return fits ? move(key, new ObjectKey(place)) : Move.STAYS;
    }

    /** @param kept one that {@link #next} told */
    Move giveBack(TaskId task, ObjectKey kept) {
        return move(kept, origin(task, kept));
    }

    /** The next bytes that a task put here; up to {@value #PAGE}, fewer when there are no more. */
    List<StoredObject> next(TaskId task, @Nullable ObjectKey after) {
        return storage.list(prefix(task), after, PAGE);
    }

    /** The key that bytes had before they came here. */
    static ObjectKey origin(TaskId task, ObjectKey kept) {
        return new ObjectKey(kept.value().substring(prefix(task).length()));
    }

    @Scheduled(fixedDelayString = "${waybill.blobs.quarantine-interval:1h}")
    @SchedulerLock(name = "quarantine-expiry", lockAtMostFor = "PT1H")
    public void expire() {
        Instant limit = clock.instant().minus(KEPT);
        @Nullable ObjectKey last = null;
        try {
            while (true) {
                List<StoredObject> page = storage.list(PREFIX, last, PAGE);
                List<ObjectKey> expired = page.stream()
                        .filter(kept -> KeyWalk.isWrittenBefore(kept, limit))
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

    /** The source goes only after its copy is known to hold as many bytes; nobody but this service writes either key. */
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
