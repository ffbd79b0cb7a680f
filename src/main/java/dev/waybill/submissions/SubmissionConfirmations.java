package dev.waybill.submissions;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.projects.Project;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Confirms submissions: verifies the bytes; completes the media, with the instant and the seconds that count; publishes
 * the event; and last makes the submission submitted. The order makes a crash between any two steps harmless: whoever
 * finds it in between goes on from there, and of any number of those, one submits it.
 */
@Component
class SubmissionConfirmations {

    private final SubmissionStore store;
    private final FileCheck files;
    private final BatchedDeletes deletes;
    private final EventOutbox events;
    private final FaultPoints faults;
    private final InstantSource clock;

    SubmissionConfirmations(
            SubmissionStore store,
            FileCheck files,
            BatchedDeletes deletes,
            EventOutbox events,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.files = files;
        this.deletes = deletes;
        this.events = events;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Confirms a submission that was just read.
     *
     * @param project it is a submission to
     * @return empty on a conflict with another change: it must be read again
     */
    Optional<SubmissionEntity> confirm(Project project, SubmissionEntity submission) {
        MediaFile file = submission.media();
        if (!submission.isPending() || file == null) {
            throw SubmissionFailures.mediaNotFound();
        }
        return completed(project, submission, file).flatMap(this::finish);
    }

    private Optional<SubmissionEntity> completed(Project project, SubmissionEntity submission, MediaFile file) {
        if (submission.isComplete()) {
            return Optional.of(submission);
        }
        Optional<MediaFile> promoted = promoted(project, submission, file);
        faults.reach("submissions.verified");
        Optional<SubmissionEntity> replaced = promoted.flatMap(verified -> completed(submission, file, verified));
        faults.reach("submissions.media-completed");
        return replaced;
    }

    /** Empty on a conflict with another change, which may be why its file is not what was expected. */
    private Optional<MediaFile> promoted(Project project, SubmissionEntity submission, MediaFile file) {
        try {
            return Optional.of(files.promote(project, file));
        } catch (StorageException unavailable) {
            throw unavailable;
        } catch (WaybillException refused) {
            if (store.isCurrent(submission)) {
                throw refused;
            }
            return Optional.empty();
        }
    }

    private Optional<SubmissionEntity> completed(SubmissionEntity submission, MediaFile staged, MediaFile verified) {
        Instant now = clock.instant();
        BlobKeys.requireYoung(List.of(verified.s3Key()), now);
        Optional<SubmissionEntity> replaced = store.replace(submission.completed(verified, now));
        deletes.add(List.of(replaced.isPresent() ? staged.s3Key() : verified.s3Key()));
        return replaced;
    }

    /** From complete to submitted. @return empty when another caller was first */
    Optional<SubmissionEntity> finish(SubmissionEntity complete) {
        events.publish(List.of(event(complete)));
        faults.reach("submissions.event-written");
        Optional<SubmissionEntity> submitted = store.replace(complete.submitted());
        faults.reach("submissions.submitted");
        return submitted;
    }

    /** The event's id is derived from the submission's: however often it is published, it is one event. */
    private static PublicEvent event(SubmissionEntity submission) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("project_id", submission.projectId().value());
        facts.put("agent_id", submission.agentId().value());
        MediaFile file = submission.media();
        if (file != null) {
            facts.put("file_name", file.fileName());
            facts.put("file_type", file.fileType());
            facts.put("file_size_bytes", file.fileSizeBytes());
        }
        if (submission.generationTimeSeconds() != null) {
            facts.put("generation_time_seconds", submission.generationTimeSeconds());
        }
        Instant at = submission.confirmedAt() == null ? submission.createdAt() : submission.confirmedAt();
        String id = submission.submissionId().value();
        return new PublicEvent(
                "evt_" + id.replace("-", ""),
                "submission.submitted",
                submission.organizationId(),
                null,
                at,
                new PublicEvent.Subject("submission", id),
                facts);
    }
}
