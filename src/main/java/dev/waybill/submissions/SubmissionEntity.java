package dev.waybill.submissions;

import dev.waybill.agents.Agent;
import dev.waybill.agents.AgentId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.projects.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A submission, as it is stored: an agent's work for a project. Its file is embedded, so that both change by one atomic
 * update.
 *
 * @param status as on the wire, because callers filter by it
 * @param text the work itself, when it is text; null for a file
 * @param media null until a file was announced
 * @param files how many files were announced so far; each has a key of its own
 * @param settleAt while it is pending: when the periodic job finishes what was begun, or drops the file; else null
 * @param sweepAt the same, by which the job finds it
 * @param confirmedAt set with the media's completion, a moment before the submission counts as submitted
 * @param generationTimeSeconds from creation to {@code confirmedAt}; whole seconds, never negative
 * @param revision the version for conditional writes: of those who change the same one, one wins
 */
@Document("submissions")
@CompoundIndex(name = "by_project", def = "{organization_id: 1, project_id: 1, created_at: -1}")
@CompoundIndex(name = "by_agent", def = "{organization_id: 1, project_id: 1, agent_id: 1, created_at: -1}")
@CompoundIndex(
        name = "bytes",
        def = "{organization_id: 1, 'media.s3_key': 1}",
        partialFilter = "{'media.s3_key': {$exists: true}}")
@CompoundIndex(name = "by_sweep", def = "{sweep_at: 1}", partialFilter = "{sweep_at: {$exists: true}}")
record SubmissionEntity(
        @Id String key,
        OrganizationId organizationId,
        ProjectId projectId,
        AgentId agentId,
        SubmissionId submissionId,
        String status,
        @Nullable String text,
        @Nullable MediaFile media,
        int files,
        Instant createdAt,
        @Nullable Instant settleAt,
        @Nullable Instant sweepAt,
        @Nullable Instant confirmedAt,
        @Nullable Long generationTimeSeconds,
        long revision) {

    /**
     * A new one, which waits for its file or is complete when it is text.
     *
     * @param settleAt null without a text
     */
    static SubmissionEntity pending(
            SubmissionId id,
            Agent agent,
            ProjectId project,
            @Nullable String text,
            @Nullable Instant settleAt,
            Instant now) {
        return new SubmissionEntity(
                agent.organization().key(id.value()),
                agent.organization(),
                project,
                agent.id(),
                id,
                SubmissionStatus.PENDING.wire(),
                text,
                null,
                0,
                now,
                settleAt,
                settleAt,
                text == null ? null : now,
                text == null ? null : 0L,
                0);
    }

    boolean isPending() {
        return SubmissionStatus.PENDING.wire().equals(status);
    }

    /** Whether all is done but the change to submitted. */
    boolean isComplete() {
        return text != null || (media != null && media.isCompleted());
    }

    /** The storage keys of its bytes, if it has any. */
    List<ObjectKey> keys() {
        return media == null ? List.of() : List.of(media.s3Key());
    }

    /** @param dropAt when the file is dropped unless it is confirmed */
    SubmissionEntity withMedia(MediaFile file, Instant dropAt) {
        boolean another = media == null || !media.s3Key().equals(file.s3Key());
        return with(status, file, another ? files + 1 : files, dropAt, confirmedAt, generationTimeSeconds);
    }

    /** Drops a file that nobody confirmed. */
    SubmissionEntity withoutMedia() {
        return with(status, null, files, null, confirmedAt, generationTimeSeconds);
    }

    /** The bytes are verified: from here on it can only become submitted. */
    SubmissionEntity completed(MediaFile file, Instant now) {
        long seconds = Math.max(0, Duration.between(createdAt, now).toSeconds());
        return with(status, file, files, settleAt, now, seconds);
    }

    SubmissionEntity submitted() {
        return with(SubmissionStatus.SUBMITTED.wire(), media, files, null, confirmedAt, generationTimeSeconds);
    }

    /** The next revision. */
    private SubmissionEntity with(
            String newStatus,
            @Nullable MediaFile newMedia,
            int newFiles,
            @Nullable Instant newSettleAt,
            @Nullable Instant newConfirmedAt,
            @Nullable Long newSeconds) {
        return new SubmissionEntity(
                key,
                organizationId,
                projectId,
                agentId,
                submissionId,
                newStatus,
                text,
                newMedia,
                newFiles,
                createdAt,
                newSettleAt,
                newSettleAt,
                newConfirmedAt,
                newSeconds,
                revision + 1);
    }
}
