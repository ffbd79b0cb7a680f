package dev.waybill.submissions;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.platform.storage.StorageException;
import java.time.InstantSource;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The periodic job that finishes submissions that a crash interrupted, and drops files that nobody confirmed. Each
 * change is conditional, so that neither two instances at once nor a crash in the middle does harm.
 */
@Component
class SubmissionSweep {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionSweep.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final SubmissionStore store;
    private final SubmissionConfirmations confirmations;
    private final BatchedDeletes deletes;
    private final InstantSource clock;

    SubmissionSweep(
            SubmissionStore store, SubmissionConfirmations confirmations, BatchedDeletes deletes, InstantSource clock) {
        this.store = store;
        this.confirmations = confirmations;
        this.deletes = deletes;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${waybill.submissions.sweep-interval:30s}")
    @SchedulerLock(name = "submission-sweep", lockAtMostFor = "PT5M")
    public void run() {
        try {
            settle();
        } catch (StorageException unavailable) {
            LOG.info("Files of submissions wait for storage: {}", unavailable.kind());
        }
    }

    /** Settles each submission that is due. */
    void settle() {
        for (int page = 0; page < MAX_PAGES; page++) {
            List<SubmissionEntity> due = store.due(clock.instant(), PAGE);
            long done = due.stream().filter(this::settled).count();
            if (due.size() < PAGE || done == 0) {
                return;
            }
        }
    }

    /** One submission that cannot be settled does not block the others. */
    private boolean settled(SubmissionEntity submission) {
        try {
            settle(submission);
            return true;
        } catch (StorageException unavailable) {
            throw unavailable;
        } catch (RuntimeException failed) {
            LOG.error("Submission {} is settled at the next turn", submission.submissionId(), failed);
            return false;
        }
    }

    private void settle(SubmissionEntity submission) {
        if (submission.isComplete()) {
            confirmations.finish(submission);
        } else if (store.replace(submission.withoutMedia()).isPresent()) {
            deletes.add(submission.keys());
        }
    }
}
