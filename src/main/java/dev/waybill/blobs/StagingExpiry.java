package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
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
 * Expires what has been under {@code staging/} for so long that no upload can need it. A lifecycle rule of the bucket
 * may do the same.
 */
@Component
class StagingExpiry {

    /** An upload lives for a week at most. */
    static final Duration LIFE = Duration.ofDays(8);

    private static final Logger LOG = LoggerFactory.getLogger(StagingExpiry.class);

    private final ObjectStorage storage;
    private final KeyWalk keys;
    private final StorageClock time;

    StagingExpiry(ObjectStorage storage, KeyWalk keys, StorageClock time) {
        this.storage = storage;
        this.keys = keys;
        this.time = time;
    }

    @Scheduled(fixedDelayString = "${waybill.blobs.staging-interval:1h}")
    @SchedulerLock(name = "staging-expiry", lockAtMostFor = "PT1H")
    public void run() {
        try {
            expire(time.now());
        } catch (StorageException away) {
            LOG.info("Old bytes under {} wait for storage: {}", BlobKeys.STAGING, away.kind());
        }
    }

    /** @param now what is eight days older is removed */
    void expire(Instant now) {
        BlobKeys.SHARDS.forEach(shard -> expire(BlobKeys.STAGING + shard, now.minus(LIFE)));
    }

    /** Keys are listed by their times, but bytes may have been put long after their key was created. */
    private void expire(String prefix, Instant limit) {
        @Nullable ObjectKey last = null;
        while (true) {
            List<StoredObject> old = keys.next(prefix, last, limit);
            List<ObjectKey> expired = old.stream()
                    .filter(found -> KeyWalk.isWrittenBefore(found, limit))
                    .map(StoredObject::key)
                    .toList();
            if (!expired.isEmpty()) {
                storage.deleteAll(expired);
            }
            if (old.size() < KeyWalk.PAGE) {
                return;
            }
            last = old.getLast().key();
        }
    }
}
