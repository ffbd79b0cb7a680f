package dev.waybill.submissions;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's work for a project. The record of its file is part of it, so that both change by one atomic update.
 *
 * @param text the work itself, when it is text; null for a file
 * @param media null until a file was announced
 * @param files how many files were announced so far; each has a key of its own
 * @param discarded keys that no longer matter, whose bytes are to be removed
 * @param settleAt while it is pending: when the periodic job finishes what was begun, or forgets the file
 * @param confirmedAt decided with the media's completion, a moment before the submission counts as submitted
 * @param generationSeconds from creation to {@code confirmedAt}; whole seconds, never negative
 * @param revision counts the changes; of those who change the same one, one wins
 */
record Submission(
        SubmissionId id,
        OrganizationId organization,
        ProjectId project,
        AgentId agent,
        SubmissionStatus status,
        @Nullable String text,
        @Nullable MediaFile media,
        int files,
        Instant createdAt,
        @Nullable Instant settleAt,
        @Nullable Instant confirmedAt,
        @Nullable Long generationSeconds,
        long revision) {

    /**
     * A new one, which waits for its file or is complete when it is text.
     *
     * @param settleAt null without a text
     */
    static Submission pending(
            SubmissionId id,
            Agent agent,
            ProjectId project,
            @Nullable String text,
            @Nullable Instant settleAt,
            Instant now) {
        return new Submission(
                id,
                agent.organization(),
                project,
                agent.id(),
                SubmissionStatus.PENDING,
                text,
                null,
                0,
                now,
                settleAt,
                text == null ? null : now,
                text == null ? null : 0L,
                0);
    }

    boolean isPending() {
        return status == SubmissionStatus.PENDING;
    }

    /** Whether nothing is missing but that it counts as submitted. */
    boolean isComplete() {
        return text != null || (media != null && media.status() == MediaStatus.COMPLETED);
    }

    /** When the periodic job has something to do here; null for never. */
    @Nullable
    Instant sweepAt() {
        return isPending() ? settleAt : null;
    }

    /** Where bytes of it lie, if it has any. */
    List<ObjectKey> keys() {
        return media == null ? List.of() : List.of(media.key());
    }

    /** @param forgetAt when the file is forgotten unless it is confirmed */
    Submission withMedia(MediaFile file, Instant forgetAt) {
        boolean another = media == null || !media.key().equals(file.key());
        return with(status, text, file, another ? files + 1 : files, forgetAt, confirmedAt, generationSeconds);
    }

    /** Forgets a file that nobody confirmed. */
    Submission withoutMedia() {
        return with(status, text, null, files, null, confirmedAt, generationSeconds);
    }

    /** The bytes are verified: from here on it can only become submitted. */
    Submission completed(MediaFile file, Instant now) {
        long seconds = Math.max(0, Duration.between(createdAt, now).toSeconds());
        return with(status, text, file, files, settleAt, now, seconds);
    }

    Submission submitted() {
        return with(SubmissionStatus.SUBMITTED, text, media, files, null, confirmedAt, generationSeconds);
    }

    /** The next revision. */
    private Submission with(
            SubmissionStatus newStatus,
            @Nullable String newText,
            @Nullable MediaFile newMedia,
            int newFiles,
            @Nullable Instant newSettleAt,
            @Nullable Instant newConfirmedAt,
            @Nullable Long newSeconds) {
        return new Submission(
                id,
                organization,
                project,
                agent,
                newStatus,
                newText,
                newMedia,
                newFiles,
                createdAt,
                newSettleAt,
                newConfirmedAt,
                newSeconds,
                revision + 1);
    }
}
