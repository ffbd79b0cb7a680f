package dev.waybill.syncs.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.runs.SyncEntity.Resume;
import dev.waybill.syncs.runs.SyncEntity.Totals;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sync in responses. Strict clients reject values beyond the contract's bounds, so those are left out. */
@Schema(name = "SyncConfigurationModel", description = "A bucket that is kept as storage elsewhere is.")
public record SyncResponse(
        @Schema(description = "Its id.", example = "sync_0VXsK2aQ3nB8xYz1")
        String syncConfigId,

        @Schema(
                description = "The same as `sync_config_id`; in the answer to its creation.",
                example = "sync_0VXsK2aQ3nB8xYz1")
        @Nullable
        String syncId,

        @Schema(description = "The bucket that it fills.", example = "bkt_0VXsJ9cP1mA7wVu0")
        String bucketId,

        @Schema(description = "The connection that it reads by.", example = "conn_a1B2c3D4e5F6g7H")
        String connectionId,

        @Schema(description = "The organization.", example = "org_0VXsJ9cP1mA7wVu0")
        String internalId,

        @Schema(description = "The namespace.", example = "ns_0VXsJ9cP1mA7wVu0")
        String namespaceId,

        @Schema(description = "What of the storage it takes.", example = "my-source-bucket/videos")
        String sourcePath,

        @Schema(description = "The provider's own name.", example = "s3")
        String provider,

        @Schema(description = "What it is for; left out when nobody said.", example = "The shop's videos") @Nullable
        String description,

        @Schema(
                description = "Which files it takes; left out when it takes all.",
                example = "{\"include_patterns\": [\"*.mp4\"]}")
        @Nullable
        Map<String, Object> fileFilters,

        @Schema(
                description = "What becomes of a file; left out when it simply becomes a blob.",
                example = "{\"mappings\": {}}")
        @Nullable
        Map<String, Object> schemaMapping,

        @Schema(
                description = "`continuous`, or `initial_only` to end when everything was taken once.",
                example = "continuous")
        SyncMode syncMode,

        @Schema(
                description = "Seconds from the start of one run to the next; left out when it is more than 900, which"
                        + " `sync_config` tells then.",
                example = "300")
        @Nullable
        Integer pollingIntervalSeconds,

        @Schema(description = "At most so many files are copied side by side.", example = "50")
        int batchSize,

        @Schema(description = "Always true: each file becomes an object.", example = "true")
        boolean createObjectOnConfirm,

        @Schema(
                description = "Whether a file whose bytes the bucket has already becomes no object of its own.",
                example = "true")
        boolean skipDuplicates,

        @Schema(description = "Whether new objects are left unprocessed.", example = "false")
        boolean skipBatchSubmission,

        @Schema(
                description =
                        "PENDING before its first run, ACTIVE, SUSPENDED while it is paused, COMPLETED when it was"
                                + " to run once and did, FAILED after a run that failed.",
                example = "ACTIVE")
        TaskStatus status,

        @Schema(description = "Whether it runs at all.", example = "true") @JsonProperty("is_active")
        boolean active,

        @Schema(description = "Files found by all its runs together, filtered ones among them.", example = "1200")
        long totalFilesDiscovered,

        @Schema(description = "Files copied by all its runs together, new and changed.", example = "1100")
        long totalFilesSynced,

        @Schema(description = "Files that were given up after three tries.", example = "2")
        long totalFilesFailed,

        @Schema(description = "Bytes copied.", example = "73400320")
        long totalBytesSynced,

        @Schema(description = "When it was made.", example = "2026-11-21T09:30:00.123Z")
        Instant createdAt,

        @Schema(description = "When its settings changed last.", example = "2026-11-21T09:30:00.123Z")
        Instant updatedAt,

        @Schema(description = "The end of the latest run that succeeded.", example = "2026-11-21T09:40:00.123Z")
        @Nullable
        Instant lastSyncAt,

        @Schema(
                description = "When the next run is due; left out when none comes by itself.",
                example = "2026-11-21T09:45:00.123Z")
        @Nullable
        Instant nextSyncAt,

        @Schema(description = "Who made it.", example = "usr_0VXsJ9cP1mA7wVu0")
        String createdByUserId,

        @Schema(
                description = "Why the latest run failed; left out when it did not.",
                example = "The key may not list the bucket: allow s3:ListBucket on it.")
        @Nullable
        String lastError,

        @Schema(description = "Runs that failed in a row; five suspend it.", example = "0")
        int consecutiveFailures,

        @Schema(description = "What is kept with it.", example = "{\"team\": \"shop\"}")
        Map<String, Object> metadata,

        @Schema(description = "Whether a run goes.", example = "false")
        boolean locked,

        @Schema(description = "The instance that runs it; while a run goes.", example = "worker-1") @Nullable
        String lockedByWorkerId,

        @Schema(description = "When the run began; while it goes.", example = "2026-11-21T09:40:00.123Z") @Nullable
        Instant lockedAt,

        @Schema(description = "Whether it is paused.", example = "false")
        boolean paused,

        @Schema(description = "Why it is paused.", example = "Paused on request.") @Nullable
        String pauseReason,

        @Schema(description = "Since when.", example = "2026-11-21T09:50:00.123Z") @Nullable
        Instant pausedAt,

        @Schema(description = "By whom; left out when the service did it.", example = "usr_0VXsJ9cP1mA7wVu0") @Nullable
        String pausedByUserId,

        @Schema(description = "A run copies no more than so many files; the next one goes on.", example = "100000")
        int maxObjectsPerRun,

        @Schema(description = "The most that `batch_chunk_size` may be.", example = "1000")
        int maxBatchChunkSize,

        @Schema(description = "So many objects are made, and processed, together.", example = "100")
        int batchChunkSize,

        @Schema(description = "The run that goes, or the latest one.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        @Nullable
        String currentSyncRunId,

        @Schema(description = "How many runs were begun.", example = "12")
        long syncRunCounter,

        @Schema(description = "Batches of its runs, the latest 100.", example = "[\"btch_0VXsK2aQ3nB8xYz1\"]")
        List<String> batchIds,

        @Schema(
                description = "Tasks of its runs, the latest 100.",
                example = "[\"0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90\"]")
        List<String> taskIds,

        @Schema(description = "How many batches its runs made.", example = "11")
        long batchesCreated,

        @Schema(description = "Always true: a run that was broken off goes on where it was.", example = "true")
        boolean resumeEnabled,

        @Schema(description = "Where the next run's listing goes on; left out when it begins at the start.") @Nullable
        String resumeCursor,

        @Schema(description = "The last file before that.", example = "videos/2026/0042.mp4") @Nullable
        String resumeLastPrimaryKey,

        @Schema(description = "How many objects the run before had made when it stopped there.", example = "0")
        long resumeObjectsProcessed,

        @Schema(description = "How many files are listed at most between two checkpoints.", example = "1000")
        int resumeCheckpointFrequency,

        @Schema(description = "Always false, for now: objects stay when their files go.", example = "false")
        boolean reconcileOnSync,

        @Schema(description = "Always false: every run compares the whole listing.", example = "false")
        boolean pendingFullSync,

        @Schema(
                description = "As it was sent in the form that brings a connection along.",
                example = "{\"source_path\": \"/videos/\", \"sync_mode\": \"incremental\", \"polling_interval\": 3600}")
        @Nullable
        Map<String, Object> syncConfig) {

    static final int MAX_BATCH_CHUNK_SIZE = 1000;

    private static final int CHECKPOINT = 1000;
    private static final int MAX_ERROR = 1000;

    static SyncResponse of(SyncEntity sync) {
        return of(sync, null);
    }

    /** The response to its creation. */
    static SyncResponse created(SyncEntity sync) {
        return of(sync, sync.syncId());
    }

    private static SyncResponse of(SyncEntity sync, @Nullable String id) {
        Settings settings = sync.settings();
        Totals totals = sync.totals();
        Pause pause = sync.paused();
        Current current = sync.current();
        Resume resume = sync.resume();
        return new SyncResponse(
                sync.syncId(),
                id,
                sync.bucketId(),
                sync.connectionId(),
                sync.organizationId().value(),
                sync.namespaceId().value(),
                settings.sourcePath(),
                sync.provider(),
                settings.description(),
                settings.fileFilters(),
                settings.schemaMapping(),
                settings.syncMode(),
                settings.pollingIntervalSeconds() > Settings.MAX_INTERVAL ? null : settings.pollingIntervalSeconds(),
                settings.batchSize(),
                true,
                settings.skipDuplicates(),
                settings.skipBatchSubmission(),
                sync.status(),
                sync.active(),
                totals.discovered(),
                totals.synced(),
                totals.failed(),
                totals.bytes(),
                sync.createdAt(),
                sync.updatedAt(),
                sync.lastSyncAt(),
                sync.nextSyncAt(),
                sync.createdBy(),
                shortened(sync.lastError()),
                sync.failures(),
                settings.metadata(),
                current != null,
                current == null ? null : current.worker(),
                current == null ? null : current.startedAt(),
                pause != null,
                pause == null ? null : pause.reason(),
                pause == null ? null : pause.at(),
                pause == null ? null : pause.by(),
                settings.maxObjectsPerRun(),
                MAX_BATCH_CHUNK_SIZE,
                settings.batchChunkSize(),
                sync.lastRun(),
                sync.runCounter(),
                sync.batchIds(),
                sync.taskIds(),
                sync.batchesCreated(),
                true,
                resume == null ? null : resume.cursor(),
                resume == null ? null : resume.lastKey(),
                resume == null ? 0 : resume.objects(),
                CHECKPOINT,
                false,
                false,
                settings.inline() == null ? null : new LinkedHashMap<>(settings.inline()));
    }

    private static @Nullable String shortened(@Nullable String error) {
        return error == null || error.length() <= MAX_ERROR ? error : error.substring(0, MAX_ERROR);
    }
}
