package dev.waybill.submissions;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finishes what was begun, forgets files that nobody confirmed, and removes bytes that nobody needs. Each change is
 * conditional, so that two instances at it, or a crash in the middle, do no harm.
 */
@Component
class SubmissionSweep {

    private static final Logger LOG = LoggerFactory.getLogger(SubmissionSweep.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;
    private static final int LISTED = 1_000;

    private final SubmissionStore store;
    private final ProjectStore projects;
    private final SubmissionConfirmations confirmations;
    private final ObjectStorage storage;
    private final InstantSource clock;

    SubmissionSweep(
            SubmissionStore store,
            ProjectStore projects,
            SubmissionConfirmations confirmations,
            ObjectStorage storage,
            InstantSource clock) {
        this.store = store;
        this.projects = projects;
        this.confirmations = confirmations;
        this.storage = storage;
        this.clock = clock;
    }

    /** Where all files of a project lie; ends in a slash. */
    static String prefix(OrganizationId organization, ProjectId project) {
        return "%s/submissions/%s/".formatted(organization, project);
    }

    @Scheduled(fixedDelayString = "${waybill.submissions.sweep-interval:30s}")
    @SchedulerLock(name = "submission-sweep", lockAtMostFor = "PT5M")
    public void run() {
        try {
            settle();
            purge();
        } catch (StorageException away) {
            LOG.info("Files of submissions wait for storage: {}", away.kind());
        }
    }

    /** Does in each submission what is due there. */
    void settle() {
        for (int page = 0; page < MAX_PAGES; page++) {
            List<Submission> due = store.due(clock.instant(), PAGE);
            long done = due.stream().filter(this::settled).count();
            if (due.size() < PAGE || done == 0) {
                return;
            }
        }
    }

    /** Removes projects that are being deleted, and stays at each until nothing can arrive there any more. */
    void purge() {
        for (ProjectStore.Doomed doomed : projects.doomed(PAGE)) {
            Project project = doomed.project();
            boolean last = !clock.instant().isBefore(doomed.purgeUntil());
            removeSubmissions(project);
            if (last) {
                removeBytes(prefix(project.organization(), project.id()));
                projects.remove(project);
            }
        }
    }

    /** One submission that cannot be settled keeps none of the others waiting. */
    private boolean settled(Submission submission) {
        try {
            settle(submission);
            return true;
        } catch (StorageException away) {
            throw away;
        } catch (RuntimeException failed) {
            LOG.error("Submission {} is settled at the next turn", submission.id(), failed);
            return false;
        }
    }

    private void settle(Submission submission) {
        Instant now = clock.instant();
        Instant settleAt = submission.settleAt();
        Optional<Submission> current = Optional.of(submission);
        if (submission.isPending() && settleAt != null && !settleAt.isAfter(now)) {
            current = submission.isComplete()
                    ? confirmations.finish(submission)
                    : store.replace(submission.withoutMedia(now));
        }
        current.ifPresent(left -> removeDiscarded(left, now));
    }

    private void removeDiscarded(Submission submission, Instant now) {
        List<ObjectKey> due = submission.discarded().stream()
                .filter(one -> !one.dueAt().isAfter(now))
                .map(Submission.Discarded::key)
                .toList();
        if (!due.isEmpty()) {
            storage.deleteAll(due);
            store.replace(submission.swept(now));
        }
    }

    private void removeSubmissions(Project project) {
        List<Submission> page = store.some(project, PAGE);
        while (!page.isEmpty()) {
            List<ObjectKey> keys =
                    page.stream().flatMap(one -> one.keys().stream()).toList();
            if (!keys.isEmpty()) {
                storage.deleteAll(keys);
            }
            store.removeAll(project, page);
            page = store.some(project, PAGE);
        }
    }

    private void removeBytes(String prefix) {
        List<ObjectKey> page = keys(prefix);
        while (!page.isEmpty()) {
            storage.deleteAll(page);
            page = keys(prefix);
        }
    }

    private List<ObjectKey> keys(String prefix) {
        return storage.list(prefix, null, LISTED).stream()
                .map(StoredObject::key)
                .toList();
    }
}
