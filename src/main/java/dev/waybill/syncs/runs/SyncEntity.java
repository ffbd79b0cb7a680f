package dev.waybill.syncs.runs;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.connections.Connection;
import dev.waybill.connections.ConnectionId;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncId;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A sync as it is stored: its settings, its current run and the totals of all runs.
 *
 * @param provider the connector's canonical name
 * @param status PENDING before its first run, ACTIVE, SUSPENDED while it is paused, COMPLETED after a one-time sync,
 *     FAILED after a failed run
 * @param active whether callers have it enabled
 * @param paused null unless it is paused
 * @param current the run in progress; null when there is none
 * @param lastRun the current or the latest run; null before the first
 * @param fence fencing token, incremented whenever a worker claims a run: workers with a lower one must not write any
 *     more
 * @param runCounter how many runs were started
 * @param failures consecutive failed runs
 * @param lastError error of the latest run, at most 1000 characters; null when it did not fail
 * @param lastSyncAt the end of the latest run that succeeded
 * @param nextSyncAt when the next run is due; null when none is scheduled
 * @param resume where the latest run's listing stopped; null when it was complete
 * @param batchIds the latest {@value #REMEMBERED}
 * @param taskIds the latest {@value #REMEMBERED}
 * @param revision version for conditional writes, incremented with each change by callers: of settings, a pause, a
 *     resume
 */
@Document(SyncEntity.COLLECTION)
@CompoundIndex(name = "bucket_list", def = "{namespace_id: 1, bucket_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(name = "of_connection", def = "{organization_id: 1, connection_id: 1}")
record SyncEntity(
        @Id String key,
        OrganizationId organizationId,
        NamespaceId namespaceId,
        String bucketId,
        String syncId,
        String connectionId,
        String provider,
        Settings settings,
        TaskStatus status,
        boolean active,
        @Nullable Pause paused,
        @Nullable Current current,
        @Nullable String lastRun,
        long fence,
        long runCounter,
        Totals totals,
        int failures,
        @Nullable String lastError,
        @Nullable Instant lastSyncAt,
        @Nullable Instant nextSyncAt,
        @Nullable Resume resume,
        List<String> batchIds,
        List<String> taskIds,
        long batchesCreated,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        long revision) {

    static final String COLLECTION = "syncs";

    /** Older ids of batches and tasks are dropped. */
    static final int REMEMBERED = 100;

    /** A pause. @param by user id; null when the service paused it */
    record Pause(String reason, Instant at, @Nullable String by) {}

    /** The run in progress. @param worker the worker that claimed it; null before the first claim */
    record Current(
            String run,
            Trigger trigger,
            RunMode mode,
            Instant startedAt,
            @Nullable String worker) {}

    /** Totals of all ended runs. */
    record Totals(long discovered, long synced, long failed, long bytes) {

        static final Totals NONE = new Totals(0, 0, 0, 0);
    }

    /** Checkpoint where the next listing continues. @param objects how many objects the run created and updated */
    record Resume(String cursor, @Nullable String lastKey, long objects) {}

    /** A new sync without runs. @param next when the first one is due */
    static SyncEntity fresh(
            Bucket bucket,
            SyncId id,
            Connection connection,
            Settings settings,
            Instant next,
            String createdBy,
            Instant now) {
        return new SyncEntity(
                bucket.scope().key(id.value()),
                bucket.scope().organization(),
                bucket.scope().namespace(),
                bucket.id().value(),
                id.value(),
                connection.id().value(),
                connection.provider(),
                settings,
                TaskStatus.PENDING,
                true,
                null,
                null,
                null,
                0,
                0,
                Totals.NONE,
                0,
                null,
                null,
                next,
                null,
                List.of(),
                List.of(),
                0,
                createdBy,
                now,
                now,
                0);
    }

    SyncId id() {
        return new SyncId(syncId);
    }

    Scope scope() {
        return new Scope(organizationId, namespaceId);
    }

    BucketId bucket() {
        return new BucketId(bucketId);
    }

    ConnectionId connection() {
        return new ConnectionId(connectionId);
    }

    /** Whether runs may be started. */
    boolean isRunnable() {
        return active && paused == null;
    }
}
