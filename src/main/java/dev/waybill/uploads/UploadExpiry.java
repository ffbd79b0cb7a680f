package dev.waybill.uploads;

import dev.waybill.objects.Objects;
import dev.waybill.objects.UploadOutcome;
import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.UploadConfirmation.Item;
import dev.waybill.uploads.verification.ConfirmExpectations;
import dev.waybill.uploads.verification.UploadMetrics;
import dev.waybill.uploads.verification.UploadProperties;
import dev.waybill.uploads.verification.Verifier.Pace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Periodic job that expires unconfirmed uploads. Each change is conditional, so that two instances at once, or a crash
 * in between, do no harm.
 */
@Component
class UploadExpiry {

    private static final Logger LOG = LoggerFactory.getLogger(UploadExpiry.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;
    private static final int MAX_CONSECUTIVE_FAILURES = 10;

    private final UploadStore store;
    private final UploadConfirmation confirmation;
    private final Objects objects;
    private final UploadProperties properties;
    private final UploadMetrics metrics;
    private final InstantSource clock;

    UploadExpiry(
            UploadStore store,
            UploadConfirmation confirmation,
            Objects objects,
            UploadProperties properties,
            UploadMetrics metrics,
            InstantSource clock) {
        this.store = store;
        this.confirmation = confirmation;
        this.objects = objects;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.uploads.expiry-interval:30s}")
    @SchedulerLock(name = "upload-expiry", lockAtMostFor = "PT5M")
    public void run() {
        try {
            expire();
            purge();
        } catch (StorageException unavailable) {
            LOG.info("Expired uploads wait for storage: {}", unavailable.kind());
        }
    }

    /** Reads each expired upload again, then completes or fails it. */
    void expire() {
        Instant before = clock.instant().minus(properties.expiryGrace());
        @Nullable UploadEntity last = null;
        int consecutiveFailures = 0;
        for (int page = 0; page < MAX_PAGES; page++) {
            List<UploadEntity> expired = store.expired(before, last, PAGE);
            for (UploadEntity upload : expired) {
                consecutiveFailures = end(upload) ? 0 : consecutiveFailures + 1;
                if (consecutiveFailures == MAX_CONSECUTIVE_FAILURES) {
                    LOG.info("Expired uploads wait for storage");
                    return;
                }
            }
            if (expired.size() < PAGE) {
                return;
            }
            last = expired.getLast();
        }
    }

    /** Purges tombstones and markers, but none that an upload which is still open may need. */
    void purge() {
        Instant now = clock.instant();
        objects.purgeEnded(store.expired(now, null, 1).stream()
                .map(UploadEntity::expiresAt)
                .findFirst()
                .orElse(now));
    }

    /**
     * Reads it again first: it may have its outcome for long, and the row that decided it may be gone; or a fresh URL
     * extended it.
     *
     * @return false when its bytes could not be read from storage
     */
    private boolean end(UploadEntity listed) {
        try {
            UploadEntity upload = store.find(listed.scope(), listed.id()).orElse(listed);
            if (upload.expiresAt().isAfter(listed.expiresAt())) {
                return true;
            }
            if (upload.isOpen() && upload.target().autoConfirm()) {
                return confirm(upload);
            }
            if (upload.isOpen()) {
                fail(upload, "The upload expired before it was confirmed");
            }
        } catch (WaybillException notNow) {
            LOG.info("Upload {} will be expired later: {}", listed.id(), notNow.getMessage());
        }
        return true;
    }

    private boolean confirm(UploadEntity upload) {
        switch (confirmation.confirm(new Item(upload, ConfirmExpectations.NOTHING), Pace.TASK)) {
            case Confirmed.Completed completed -> metrics.confirmed("completed_at_expiry");
            case Confirmed.Failed failed -> metrics.confirmed("expired");
            case Confirmed.Refused refused -> {
                ErrorCategory category = refused.why().code().category();
                if (category == ErrorCategory.NOT_FOUND || category == ErrorCategory.BAD_REQUEST) {
                    fail(upload, "The upload expired before its file arrived in storage");
                } else if (category == ErrorCategory.QUOTA_EXCEEDED) {
                    fail(upload, "The upload expired before the storage quota had room for its file");
                }
                return !refused.waitsForStorage();
            }
            case Confirmed.TooBig impossible -> throw new IllegalStateException("a task verifies files of any size");
        }
        return true;
    }

    private void fail(UploadEntity upload, String why) {
        confirmation.end(upload, UploadOutcome.Cause.FAILED, why, false);
        metrics.confirmed("expired");
    }
}
