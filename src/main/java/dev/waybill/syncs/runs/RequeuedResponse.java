package dev.waybill.syncs.runs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Response with the files that were queued for a retry. */
@Schema(name = "SyncRequeuedResponse")
public record RequeuedResponse(
        @Schema(description = "The sync.", example = "sync_0VXsK2aQ3nB8xYz1")
        String syncConfigId,

        @Schema(description = "How many files the next run tries again.", example = "3")
        long requeued,

        @Schema(
                description = "Keys that it knows nothing of, or that need no other try; left out when there are none.",
                example = "[\"videos/2026/0043.mp4\"]")
        @Nullable
        List<String> ignored,

        @Schema(
                description = "When the next run is due; left out when none comes by itself: trigger one.",
                example = "2026-11-21T09:45:00.123Z")
        @Nullable
        Instant nextSyncAt) {}
