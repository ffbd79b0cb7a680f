package dev.waybill.submissions;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.web.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** A {@link Submission} as it is stored. */
@Document("submissions")
@CompoundIndex(name = "by_project", def = "{organization_id: 1, project_id: 1, created_at: -1}")
@CompoundIndex(name = "by_agent", def = "{organization_id: 1, project_id: 1, agent_id: 1, created_at: -1}")
@CompoundIndex(
        name = "bytes",
        def = "{organization_id: 1, 'media.s3_key': 1}",
        partialFilter = "{'media.s3_key': {$exists: true}}")
@CompoundIndex(name = "by_sweep", def = "{sweep_at: 1}", partialFilter = "{sweep_at: {$exists: true}}")
record SubmissionDocument(
        @Id String key,
        String organizationId,
        String projectId,
        String agentId,
        String submissionId,
        String status,
        @Nullable String text,
        @Nullable Media media,
        int files,
        Instant createdAt,
        @Nullable Instant settleAt,
        @Nullable Instant sweepAt,
        @Nullable Instant confirmedAt,
        @Nullable Long generationTimeSeconds,
        long revision) {

    /** A {@link MediaFile}. */
    record Media(
            String fileName,
            String fileType,
            long fileSizeBytes,
            String s3Key,
            String status,
            Instant urlEndsAt,
            @Nullable String etag,
            @Nullable String detectedType) {

        static Media of(MediaFile file) {
            return new Media(
                    file.name(),
                    file.type(),
                    file.size(),
                    file.key().value(),
                    file.status().wire(),
                    file.urlEndsAt(),
                    file.etag(),
                    file.detectedType());
        }

        MediaFile toFile() {
            return new MediaFile(
                    fileName,
                    fileType,
                    fileSizeBytes,
                    new ObjectKey(s3Key),
                    WireName.of(MediaStatus.class, status),
                    urlEndsAt,
                    etag,
                    detectedType);
        }
    }

    static String key(OrganizationId organization, SubmissionId id) {
        return organization + "/" + id;
    }

    static SubmissionDocument of(Submission submission) {
        MediaFile media = submission.media();
        return new SubmissionDocument(
                key(submission.organization(), submission.id()),
                submission.organization().value(),
                submission.project().value(),
                submission.agent().value(),
                submission.id().value(),
                submission.status().wire(),
                submission.text(),
                media == null ? null : Media.of(media),
                submission.files(),
                submission.createdAt(),
                submission.settleAt(),
                submission.sweepAt(),
                submission.confirmedAt(),
                submission.generationSeconds(),
                submission.revision());
    }

    Submission toSubmission() {
        return new Submission(
                new SubmissionId(submissionId),
                new OrganizationId(organizationId),
                new ProjectId(projectId),
                new AgentId(agentId),
                WireName.of(SubmissionStatus.class, status),
                text,
                media == null ? null : media.toFile(),
                files,
                createdAt,
                settleAt,
                confirmedAt,
                generationTimeSeconds,
                revision);
    }
}
