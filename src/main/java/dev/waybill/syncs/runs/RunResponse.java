package dev.waybill.syncs.runs;

import dev.waybill.syncs.runs.SyncRunEntity.Effort;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run of a sync in responses. */
@Schema(name = "SyncRun", description = "One run of a sync: what it saw, what it did, and how it ended.")
public record RunResponse(
        @Schema(description = "Its id, a UUID.", example = RunResponse.ID)
        String syncRunId,

        @Schema(description = "The same as `sync_run_id`.", example = RunResponse.ID)
        String syncJobId,

        @Schema(description = "The same as `sync_run_id`: its task in `/v1/tasks`.", example = RunResponse.ID)
        String taskId,

        @Schema(description = "The sync.", example = "sync_0VXsK2aQ3nB8xYz1")
        String syncConfigId,

        @Schema(description = "Why it was begun.", example = "manual")
        Trigger trigger,

        @Schema(
                description = "`full` lists from the start and tries again what is in quarantine.",
                example = "incremental")
        RunMode mode,

        @Schema(
                description = "PENDING until it has its turn, PROCESSING while it goes, then COMPLETED, "
                        + "COMPLETED_WITH_ERRORS, FAILED or CANCELED.",
                example = "COMPLETED")
        TaskStatus status,

        @Schema(
                description = "What it looks at: the bucket and the prefix as they were resolved.",
                example = "my-source-bucket/videos")
        @Nullable
        String source,

        @Schema(description = "When it began.", example = "2026-11-21T09:40:00.123Z")
        Instant startedAt,

        @Schema(description = "When it ended; left out while it goes.", example = "2026-11-21T09:40:12.500Z") @Nullable
        Instant endedAt,

        @Schema(description = "How long it took; left out while it goes.", example = "12.377") @Nullable
        Double durationSeconds,

        @Schema(description = "How far the listing came.") ListingView listing,
        @Schema(description = "What became of the files.") Counts counts,

        @Schema(description = "How many files each filter left out, by reason.", example = "{\"EXCLUDED\": 3}")
        Map<String, Long> filteredBy,

        @Schema(description = "Bytes read from the source, repeated ones among them.", example = "73400320")
        long bytesRead,

        @Schema(description = "Bytes of files that were copied; 0 while it goes.", example = "73400320")
        long bytesCopied,

        @Schema(description = "Requests to the source.") Requests requests,

        @Schema(description = "How often the source asked for patience.", example = "0")
        long throttled,

        @Schema(description = "How often a file was tried again.", example = "0")
        long retries,

        @Schema(description = "Where it would go on after a crash; left out before the first page.") @Nullable
        Checkpoint checkpoint,

        @Schema(description = "Why it FAILED; left out when it did not.") @Nullable
        ErrorView error,

        @Schema(
                description = "What somebody should look at.",
                example = "[\"The listing is empty, and 1000 files were there before. Nothing was deleted.\"]")
        List<String> warnings) {

    public static final String ID = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90";

    private static final double MILLIS = 1000.0;

    /** Progress of a listing. */
    @Schema(name = "SyncRunListing")
    record ListingView(
            @Schema(description = "Whether everything was seen, from the start to the end.", example = "true")
            boolean complete,

            @Schema(description = "Pages that are done.", example = "2")
            long pages,

            @Schema(description = "Files seen on them, without what stands for folders.", example = "1200")
            long listed,

            @Schema(description = "The last file of the last page.", example = "videos/2026/0042.mp4") @Nullable
            String lastKey) {}

    /** Counts of files by outcome. What is counted from the ledger at the end is 0 while the run is in progress. */
    @Schema(name = "SyncRunCounts")
    record Counts(
            @Schema(description = "Files that were to be taken, whatever became of them.", example = "1100")
            long matched,

            @Schema(description = "Files that the filters left out.", example = "100")
            long filtered,

            @Schema(description = "Files that were there already.", example = "1000")
            long unchanged,

            @Schema(description = "Files whose bytes the bucket had already.", example = "2")
            long duplicate,

            @Schema(description = "Files that became new objects.", example = "90")
            long created,

            @Schema(description = "Files whose objects got new bytes.", example = "8")
            long updated,

            @Schema(
                    description = "Files whose objects were deleted here, or that were gone when they were to be read.",
                    example = "0")
            long skipped,

            @Schema(description = "Files that failed and are tried again.", example = "0")
            long failed,

            @Schema(description = "Files that were given up in this run.", example = "0")
            long quarantined,

            @Schema(description = "Files that lie in an archive.", example = "0")
            long archived,

            @Schema(description = "Files that the source is still preparing.", example = "0")
            long pendingSource,

            @Schema(description = "Always 0, for now: nothing is deleted.", example = "0")
            long deleted,

            @Schema(description = "Always 0, for now.", example = "0")
            long withheldDeletes) {}

    /** Requests to the source. */
    @Schema(name = "SyncRunRequests")
    record Requests(
            @Schema(description = "Pages asked for.", example = "2")
            long list,

            @Schema(description = "Always 0: files are looked at by reading them.", example = "0")
            long head,

            @Schema(description = "Files opened.", example = "98")
            long get,

            @Schema(description = "Others, such as for tags.", example = "0")
            long other) {}

    /** Where a run would continue. */
    @Schema(name = "SyncRunCheckpoint")
    record Checkpoint(
            @Schema(description = "When it was written.", example = "2026-11-21T09:40:10.123Z")
            Instant at,

            @Schema(description = "Opaque; left out after the last page.") @Nullable
            String cursor) {}

    /** Why a run failed. */
    @Schema(name = "SyncRunError")
    record ErrorView(
            @Schema(description = "A word that stays the same.", example = "ACCESS_DENIED")
            String code,

            @Schema(
                    description = "What to change.",
                    example = "The key may not list the bucket: allow s3:ListBucket on it.")
            String message,

            @Schema(description = "Whether it may go away by itself.", example = "false")
            boolean retryable) {}

    static RunResponse of(SyncRunEntity run) {
        Listing listing = run.listing();
        Outcomes outcomes = run.result();
        Effort effort = run.effort();
        Instant ended = run.endedAt();
        Instant at = listing.at();
        Failure failure = run.failure();
        return new RunResponse(
                run.runId(),
                run.runId(),
                run.runId(),
                run.syncId(),
                run.trigger(),
                run.mode(),
                run.status(),
                run.source(),
                run.startedAt(),
                ended,
                ended == null ? null : Duration.between(run.startedAt(), ended).toMillis() / MILLIS,
                new ListingView(listing.complete(), listing.pages(), listing.listed(), listing.lastKey()),
                counts(listing, outcomes),
                listing.filteredBy(),
                effort.bytesRead(),
                outcomes.bytes(),
                new Requests(effort.listRequests(), 0, effort.readRequests(), effort.otherRequests()),
                effort.throttled(),
                effort.retries(),
                at == null ? null : new Checkpoint(at, listing.cursor()),
                failure == null ? null : new ErrorView(failure.code(), failure.message(), failure.retryable()),
                run.warnings());
    }

    private static Counts counts(Listing listing, Outcomes outcomes) {
        return new Counts(
                listing.matched(),
                listing.filtered(),
                listing.unchanged(),
                outcomes.duplicate(),
                outcomes.created(),
                outcomes.updated(),
                outcomes.skipped(),
                outcomes.failed(),
                outcomes.quarantined(),
                listing.archived(),
                listing.pending(),
                0,
                0);
    }
}
