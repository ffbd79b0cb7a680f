package dev.waybill.syncs.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Response that explains why a file of the source is, or is not, in the bucket. */
@Schema(name = "SyncExplanation", description = "Why a file of the source is, or is not, in the bucket.")
public record ExplanationResponse(
        @Schema(description = "The file that was asked for.", example = "videos/drafts/cut.mp4")
        String key,

        @Schema(
                description = "For a file that a run saw, its state in the ledger: QUEUED, SYNCED, FILTERED,"
                        + " SKIPPED, FAILED, QUARANTINED, PENDING_SOURCE, GONE or DELETED. For another one FILTERED and"
                        + " SKIPPED too, NEW when the next run takes it (with RUN_CAP where the latest one had"
                        + " enough before it), NOT_IN_PATH, NOT_IN_SOURCE, or UNKNOWN when the"
                        + " source could not be asked.",
                example = "FILTERED")
        String verdict,

        @Schema(
                description = "A word that stays the same; left out where the verdict says it all.",
                example = "EXCLUDED")
        @Nullable
        String reason,

        @Schema(
                description = "The whole story in words.",
                example =
                        "It is filtered (EXCLUDED): wanted is none of: */drafts/*; found is videos/drafts/cut.mp4 fits"
                                + " */drafts/*.")
        String sentence,

        @Schema(description = "What was asked of it, in order.")
        List<Step> steps,

        @Schema(description = "Which version the source has, and which one lies here.")
        Versions versions,

        @Schema(description = "The latest 10 changes in the ledger, the oldest first.")
        List<Change> history,

        @Schema(description = "What happens next, or what to do.", example = "Change file_filters to take it.")
        String next,

        @Schema(
                description = "The object that has its bytes; left out when none has.",
                example = "obj_0VXsK2aQ3nB8xYz1")
        @Nullable
        String objectId) {

    /** One check of a file, with its result. */
    @Schema(name = "SyncExplanationStep")
    record Step(
            @Schema(
                    description = "What was asked: source_path, source, kind, a filter, copy, integrity, object.",
                    example = "exclude_patterns")
            String check,

            @Schema(description = "passed, refused, failed, or open while it is not decided.", example = "refused")
            String result,

            @Schema(description = "What was wanted.", example = "none of: */drafts/*")
            String expected,

            @Schema(description = "What was found.", example = "videos/drafts/cut.mp4 fits */drafts/*")
            String actual) {}

    /** Two versions of a file. */
    @Schema(name = "SyncExplanationVersions")
    record Versions(
            @Schema(
                    description = "The latest one that was seen; left out when none was.",
                    example = "9b2cf535f27731c974343645a3985328")
            @Nullable
            String listed,

            @Schema(
                    description = "The one whose bytes lie here; left out when none do.",
                    example = "9b2cf535f27731c974343645a3985328")
            @Nullable
            String stored) {}

    /** A change in the ledger. */
    @Schema(name = "SyncExplanationChange")
    record Change(
            @Schema(description = "When.", example = "2026-11-21T09:40:11.123Z")
            Instant at,

            @Schema(description = "In which run.", example = RunResponse.ID)
            String runId,

            @Schema(description = "Into which state.", example = "SYNCED")
            LedgerEntity.State state,

            @Schema(description = "Why.", example = "EXCLUDED") @Nullable
            String reason,

            @Schema(description = "Of which version.", example = "9b2cf535f27731c974343645a3985328")
            String version) {}
}
