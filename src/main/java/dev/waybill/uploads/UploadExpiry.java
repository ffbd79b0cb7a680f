package dev.waybill.uploads;

import dev.waybill.objects.Ending;
import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.UploadConfirmation.Item;
import dev.waybill.uploads.UploadConfirmation.Pace;
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
    private final UploadConfirmation confirmation;
    private final ObjectStorage storage;
    private final UploadProperties properties;
    private final UploadMetrics metrics;
    private final InstantSource clock;

    UploadExpiry(
            UploadStore store,
            UploadConfirmation confirmation,
            ObjectStorage storage,
            UploadProperties properties,
            UploadMetrics metrics,
            InstantSource clock) {
        this.store = store;
        this.confirmation = confirmation;
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
            List<ObjectKey> keys =
                    due.stream().map(upload -> upload.file().key()).toList();
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

    /** Read again first: its end may be long over, and the row that tells of it gone. */
    private void end(Upload listed) {
        Upload upload = store.find(listed.scope(), listed.id()).orElse(listed);
        if (!upload.isOpen()) {
            return;
        }
        if (!upload.target().autoConfirm()) {
            fail(upload, "The upload expired before it was confirmed");
            return;
        }
        switch (confirmation.confirm(new Item(upload, ConfirmExpectations.NOTHING), Pace.TASK)) {
            case Confirmed.Completed completed -> metrics.confirmed("completed_at_expiry");
            case Confirmed.Failed failed -> metrics.confirmed("expired");
            case Confirmed.Refused refused -> {
                ErrorCategory category = refused.why().code().category();
                if (category == ErrorCategory.NOT_FOUND || category == ErrorCategory.BAD_REQUEST) {
                    fail(upload, "The upload expired before its file arrived in storage");
                }
            }
            case Confirmed.Unseen unseen -> throw unseen.why();
            case Confirmed.TooBig impossible -> throw new IllegalStateException("a task looks at files of any size");
        }
    }

    private void fail(Upload upload, String why) {
        try {
            confirmation.end(upload, Ending.Cause.FAILED, why, false);
            metrics.confirmed("expired");
        } catch (WaybillException notNow) {
            LOG.info("Upload {} expires later: {}", upload.id(), notNow.getMessage());
        }
    }
}
