package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Garbage collection of orphans: removes blobs at final keys that no row references, as left by a crash between a copy
 * and its row. It walks the keys in the order of their times, a day behind both by the key and by storage's clock,
 * while no attempt may name a key older than {@link BlobKeys#YOUNG}. Each month it starts over, for keys made by a
 * wrong clock.
 */
@Component
class OrphanWalk {

    static final Duration ROUND = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(OrphanWalk.class);
    private static final int MAX_PAGES = 200;

    private final ObjectStorage storage;
    private final KeyWalk keys;
    private final WalkStore cursors;
    private final StorageClock time;
    private final Counter removed;

    OrphanWalk(ObjectStorage storage, KeyWalk keys, WalkStore cursors, StorageClock time, MeterRegistry registry) {
        this.storage = storage;
        this.keys = keys;
        this.cursors = cursors;
        this.time = time;
        this.removed = Counter.builder("waybill.blobs.orphans.removed")
                .description("Bytes without an owner that were removed")
                .register(registry);
    }

    @Scheduled(fixedDelayString = "${waybill.blobs.walk-interval:15m}")
    @SchedulerLock(name = "orphan-walk", lockAtMostFor = "PT15M")
    public void run() {
        try {
            walk(time.now());
        } catch (StorageException away) {
            LOG.info("The walk over final keys waits for storage: {}", away.kind());
        }
    }

    /** @param now orphans a day older than this are removed */
    void walk(Instant now) {
        BlobKeys.SHARDS.forEach(shard -> walk(shard, now));
    }

    private void walk(String shard, Instant now) {
        WalkCursorEntity cursor = cursors.find(shard)
                .filter(known -> known.begunAt().plus(ROUND).isAfter(now))
                .orElseGet(() -> new WalkCursorEntity(shard, null, now));
        for (int page = 0; page < MAX_PAGES; page++) {
            List<StoredObject> old = page(shard, cursor.after(), now.minus(KeyWalk.BEHIND));
            if (old.isEmpty()) {
                return;
            }
            removeOrphans(old, now.minus(KeyWalk.BEHIND));
            cursor = cursor.at(old.getLast().key().value());
            cursors.save(cursor);
            if (old.size() < KeyWalk.PAGE) {
                return;
            }
        }
    }

    private List<StoredObject> page(String shard, @Nullable String after, Instant limit) {
        return keys.next(shard, after == null ? null : new ObjectKey(after), limit).stream()
                .takeWhile(found -> isPassed(found, limit))
                .toList();
    }

    /** Keys of another form are skipped. The cursor waits for copies written late, or they would stay for a month. */
    private static boolean isPassed(StoredObject found, Instant limit) {
        Instant written = found.lastModified();
        return BlobKeys.timeOf(found.key()).isEmpty() || written == null || written.isBefore(limit);
    }

    private void removeOrphans(List<StoredObject> page, Instant limit) {
        List<ObjectKey> orphans =
                keys.orphans(page, limit).stream().map(StoredObject::key).toList();
        if (!orphans.isEmpty()) {
            storage.deleteAll(orphans);
            removed.increment(orphans.size());
            LOG.info("Removed {} keys that no row names, the first {}", orphans.size(), orphans.getFirst());
        }
    }
}
