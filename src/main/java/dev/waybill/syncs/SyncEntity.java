package dev.waybill.syncs;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.connections.Connection;
import dev.waybill.connections.ConnectionId;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A sync as it is stored: what its makers set, which run goes, and what all runs came to.
 *
 * @param provider the connector's canonical name
 * @param status PENDING before its first run, ACTIVE, SUSPENDED while it is paused, COMPLETED when it was to run once and
 *     did, FAILED after a run that failed
 * @param active whether callers want it to run at all
 * @param paused null unless it is paused
 * @param current the run that goes; null when none does
 * @param lastRun the current or the latest run; null before the first
 * @param fence counted up whenever a worker takes up a run: who has a lower one must not write any more
 * @param runCounter how many runs were begun
 * @param failures how many runs failed in a row
 * @param lastError why the latest run failed, at most 1000 characters; null when it did not
 * @param lastSyncAt the end of the latest run that succeeded
 * @param nextSyncAt when the next run is due; null when none is to come by itself
 * @param resume where the latest run's listing stopped; null when it came to its end
 * @param batchIds the latest {@value #REMEMBERED}
 * @param taskIds the latest {@value #REMEMBERED}
 * @param revision counted up with each change that callers make: of its settings, a pause, and the end of one
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

    /** Of more batches and tasks, the oldest are forgotten. */
    static final int REMEMBERED = 100;

    /** Why it is paused. @param by null when the service did it */
    record Pause(String reason, Instant at, @Nullable String by) {}

    /** The run that goes. @param worker who has taken it up; null before anybody did */
    record Current(
            String run,
            Trigger trigger,
            RunMode mode,
            Instant startedAt,
            @Nullable String worker) {}

    /** What all runs that ended came to, together. */
    record Totals(long discovered, long synced, long failed, long bytes) {

        static final Totals NONE = new Totals(0, 0, 0, 0);
    }

    /** Where a listing goes on. @param objects how many objects the run made and changed */
    record Resume(String cursor, @Nullable String lastKey, long objects) {}

    /** One of which no run has begun. @param next when the first one is due */
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

    /** Whether runs of it may begin. */
    boolean isRunnable() {
        return active && paused == null;
    }
}
