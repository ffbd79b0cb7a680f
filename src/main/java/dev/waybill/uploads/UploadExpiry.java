package dev.waybill.uploads;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends uploads that nobody confirmed, and removes bytes that nobody needs. Each change is conditional, so that two
 * instances at it, or a crash in the middle, do no harm.
 */
@Component
class UploadExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(UploadExpiry.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final UploadStore store;
    private final Verifier verifier;
    private final Settlement settlement;
    private final ObjectsOfUploads objects;
    private final ObjectStorage storage;
    private final UploadProperties properties;
    private final UploadMetrics metrics;
    private final InstantSource clock;

    UploadExpiry(
            UploadStore store,
            Verifier verifier,
            Settlement settlement,
            ObjectsOfUploads objects,
            ObjectStorage storage,
            UploadProperties properties,
            UploadMetrics metrics,
            InstantSource clock) {
        this.store = store;
        this.verifier = verifier;
        this.settlement = settlement;
        this.objects = objects;
        this.storage = storage;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.uploads.expiry-interval:30s}")
    @SchedulerLock(name = "upload-expiry", lockAtMostFor = "PT5M")
    public void run() {
        try {
            expire();
            sweep();
        } catch (StorageException away) {
            LOG.info("Expired uploads wait for storage: {}", away.kind());
        }
    }

    /** Looks at each once more, then completes or fails it. */
    void expire() {
        Instant before = clock.instant().minus(properties.expiryGrace());
        List<UploadId> last = List.of();
        for (int page = 0; page < MAX_PAGES; page++) {
            List<Upload> expired = store.expired(before, PAGE);
            List<UploadId> ids = expired.stream().map(Upload::id).toList();
            // The same ones again: they wait for something, and so does the rest, for the next run.
            if (ids.equals(last)) {
                return;
            }
            expired.forEach(this::end);
            if (expired.size() < PAGE) {
                return;
            }
            last = ids;
        }
    }

    /** Removes the bytes of settled uploads once no PUT can arrive any more. */
    void sweep() {
        for (int page = 0; page < MAX_PAGES; page++) {
            List<Upload> due = store.dueForSweep(clock.instant(), PAGE);
            List<ObjectKey> keys = due.stream()
                    .filter(upload -> !objects.isTaken(upload))
                    .map(upload -> upload.file().key())
                    .toList();
            if (!keys.isEmpty()) {
                storage.deleteAll(keys);
            }
            if (!due.isEmpty()) {
                store.swept(due);
            }
            if (due.size() < PAGE) {
                return;
            }
        }
    }

    private void end(Upload upload) {
        if (!upload.target().autoConfirm()) {
            // A confirm that stopped after writing the object is finished, not undone.
            if (objects.isHalfDone(upload) && complete(upload)) {
                return;
            }
            expireAsFailed(upload, "The upload expired before it was confirmed");
        } else if (!complete(upload)) {
            expireAsFailed(upload, "The upload expired before its file arrived in storage");
        }
    }

    private boolean complete(Upload upload) {
        try {
            if (verifier.verifyFully(upload, Claimed.NOTHING) instanceof Verdict.Good good) {
                settlement.settle(upload, good);
                metrics.confirmed("completed_at_expiry");
                return true;
            }
            return false;
        } catch (StorageException away) {
            throw away;
        } catch (WaybillException refused) {
            // Settled otherwise; or its place is being contested, and the next run looks again.
            boolean forGood = refused.code() == ErrorCode.NOT_FOUND || refused.code() == ErrorCode.NOT_IN_STORAGE;
            return !forGood
                    || store.find(upload.scope(), upload.id())
                            .filter(Upload::isOpen)
                            .isEmpty();
        }
    }

    private void expireAsFailed(Upload upload, String why) {
        settlement.fail(upload, why);
        metrics.confirmed("expired");
    }
}
