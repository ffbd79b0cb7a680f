package dev.waybill.syncs.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.syncs.runs.LedgerEntity.Integrity;
import dev.waybill.syncs.runs.LedgerEntity.Settled;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of a sync's ledger in responses. */
@Schema(name = "SyncLedgerRow", description = "What became of one file of the source.")
public record LedgerRowResponse(
        @Schema(description = "The file, as people know it.", example = "videos/2026/0042.mp4")
        String key,

        @Schema(description = "What it is known by.", example = "my-source-bucket/videos/2026/0042.mp4")
        String sourceObjectId,

        @Schema(description = "Its bytes.", example = "5242880")
        long size,

        @Schema(description = "When it changed, as the source tells.", example = "2026-11-20T08:00:00Z") @Nullable
        Instant lastModified,

        @Schema(
                description = "What its version is made of, as it was listed last when something changed.",
                example = "{\"etag\": \"9b2cf535f27731c974343645a3985328\"}")
        Map<String, String> version,

        @Schema(
                description =
                        "QUEUED, SYNCED, FILTERED, SKIPPED, FAILED, QUARANTINED, PENDING_SOURCE, GONE or" + " DELETED.",
                example = "SYNCED")
        LedgerEntity.State state,

        @Schema(description = "Why; left out where the state says it all.", example = "ACCESS_DENIED_READ") @Nullable
        String reason,

        @Schema(
                description = "A sentence; left out where there is nothing to add.",
                example = "The key may not read it.")
        @Nullable
        String detail,

        @Schema(description = "How often in a row it failed.", example = "0")
        int attempts,

        @Schema(
                description =
                        "When the run is due that tries it again; left out where none does by itself, and while one"
                                + " goes.",
                example = "2026-11-21T09:45:00.123Z")
        @Nullable
        Instant nextAttemptAt,

        @Schema(
                description =
                        "The object that has its bytes, those of an older version until this one is copied; left out"
                                + " when none has.",
                example = "obj_0VXsK2aQ3nB8xYz1")
        @Nullable
        String objectId,

        @Schema(
                description =
                        "The SHA-256 of its bytes, computed while they were copied; left out when this version was not.",
                example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        @Nullable
        String sha256,

        @Schema(
                description =
                        "By what its bytes were compared with the source's word; left out when this version was not"
                                + " copied.")
        @Nullable
        IntegrityView integrity,

        @Schema(description = "The run that saw it first.", example = RunResponse.ID)
        String firstSeenRun,

        @Schema(
                description = "The run that changed this row last: a file that stays the same is not written again.",
                example = RunResponse.ID)
        String lastSeenRun,

        @Schema(description = "When this row changed last.", example = "2026-11-21T09:40:11.123Z")
        Instant updatedAt) {

    /** How bytes were compared. */
    @Schema(name = "SyncIntegrity")
    record IntegrityView(
            @Schema(description = "length, md5, crc32, crc32c, crc64nvme, sha1 or sha256.", example = "md5")
            String method,

            @Schema(description = "Whether they were the same.", example = "true") @JsonProperty("match")
            boolean match) {

        static @Nullable IntegrityView of(@Nullable Integrity integrity) {
            return integrity == null ? null : new IntegrityView(integrity.method(), integrity.match());
        }
    }

    static LedgerRowResponse of(SyncEntity sync, LedgerEntity row) {
        Settled copied = row.isSettled(row.version()) ? row.settled() : null;
        return new LedgerRowResponse(
                row.sourceKey(),
                row.sourceId(),
                row.sizeBytes(),
                row.modifiedAt(),
                row.facts(),
                row.state(),
                row.reason(),
                row.detail(),
                row.attempts(),
                isTriedAgain(row.state()) && sync.current() == null ? sync.nextSyncAt() : null,
                row.objectId(),
                copied == null ? null : copied.sha256(),
                copied == null ? null : IntegrityView.of(copied.integrity()),
                row.firstRun(),
                row.lastRun(),
                row.updatedAt());
    }

    /** Whether the next run retries it even if its version is unchanged. */
    private static boolean isTriedAgain(LedgerEntity.State state) {
        return switch (state) {
            case QUEUED, FAILED, PENDING_SOURCE -> true;
            case SYNCED, FILTERED, SKIPPED, QUARANTINED, GONE, DELETED -> false;
        };
    }
}
