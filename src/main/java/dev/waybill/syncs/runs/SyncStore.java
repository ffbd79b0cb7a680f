package dev.waybill.syncs.runs;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.connections.ConnectionId;
import dev.waybill.deletions.Deletable;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.runs.SyncEntity.Resume;
import dev.waybill.syncs.runs.SyncEntity.Totals;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncId;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Repository of syncs in MongoDB. Each change is one conditional write of one document. A sync that is being deleted is
 * not found.
 */
@Component
class SyncStore {

    private static final String CURRENT = "current";
    private static final String PAUSED = "paused";
    private static final String UPDATED_AT = "updated_at";
    private static final String REVISION = "revision";

    private final MongoOperations mongo;
    private final MongoPages pages;

    SyncStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** @return false when the id exists already */
    boolean insert(SyncEntity sync) {
        return MongoWrites.insert(mongo, sync);
    }

    Optional<SyncEntity> find(Scope scope, SyncId id) {
        return find(scope.key(id.value()));
    }

    Optional<SyncEntity> find(String key) {
        return Optional.ofNullable(mongo.findOne(query(byKey(key)), SyncEntity.class));
    }

    /** A page of a bucket's syncs; null does not filter. */
    Page<SyncEntity> page(
            Scope scope,
            BucketId bucket,
            @Nullable String connection,
            @Nullable TaskStatus status,
            @Nullable Boolean active,
            ListQuery query,
            Fields fields) {
        Criteria within = of(scope, bucket);
        if (connection != null) {
            within = within.and("connection_id").is(connection);
        }
        if (status != null) {
            within = within.and("status").is(status);
        }
        if (active != null) {
            within = within.and("active").is(active);
        }
        return pages.find(SyncEntity.class, within, query, fields);
    }

    /** The syncs of a bucket that use a connection. */
    List<SyncEntity> of(Scope scope, BucketId bucket, ConnectionId connection) {
        return mongo.find(query(of(scope, bucket).and("connection_id").is(connection.value())), SyncEntity.class);
    }

    /** Up to {@code max} syncs that use a connection, in any bucket, and are not paused. */
    List<SyncEntity> unpaused(OrganizationId organization, ConnectionId connection, int max) {
        Criteria which = where("organization_id")
                .is(organization.value())
                .and("connection_id")
                .is(connection.value())
                .and(PAUSED)
                .is(null)
                .and(Deletable.MARK)
                .is(null);
        return mongo.find(query(which).limit(max), SyncEntity.class);
    }

    /**
     * Replaces the settings. A completed one-time sync that becomes continuous is due at once.
     *
     * @param fromStart whether the next run lists from the start, as the path or the filters have changed
     * @return empty when it was changed since it was read, or was deleted
     */
    Optional<SyncEntity> change(SyncEntity before, Settings settings, boolean active, boolean fromStart, Instant now) {
        Update update = new Update()
                .set("settings", settings)
                .set("active", active)
                .set(UPDATED_AT, now)
                .inc(REVISION, 1);
        if (fromStart) {
            update.unset("resume");
        }
        boolean goesOn = before.status() == TaskStatus.COMPLETED && settings.syncMode() != SyncMode.INITIAL_ONLY;
        if (active && goesOn) {
            update.set("status", TaskStatus.ACTIVE).set("next_sync_at", now);
        } else if (active && !before.active()) {
            update.set("next_sync_at", now);
        } else if (!active) {
            update.unset("next_sync_at");
        }
        return changed(byKey(before.key()).and(REVISION).is(before.revision()), update);
    }

    /** Empty when it is paused already; that pause stays. */
    Optional<SyncEntity> pause(SyncEntity sync, Pause pause) {
        return changed(
                byKey(sync.key()).and(PAUSED).is(null),
                new Update()
                        .set(PAUSED, pause)
                        .set("status", TaskStatus.SUSPENDED)
                        .set(UPDATED_AT, pause.at())
                        .inc(REVISION, 1)
                        .unset("next_sync_at"));
    }

    /** Ends its pause, resets its failures, and makes it due now if it is active; empty when it was not paused. */
    Optional<SyncEntity> resume(SyncEntity sync, Instant now) {
        Update update = new Update()
                .unset(PAUSED)
                .set("status", sync.runCounter() == 0 ? TaskStatus.PENDING : TaskStatus.ACTIVE)
                .set("failures", 0)
                .set(UPDATED_AT, now)
                .inc(REVISION, 1);
        set(update, "next_sync_at", sync.active() ? now : null);
        return changed(byKey(sync.key()).and(PAUSED).ne(null), update);
    }

    /** Sets the current run; empty when there is one, or the sync is paused or inactive. */
    Optional<SyncEntity> begin(SyncEntity sync, Current run) {
        Update update = new Update()
                .set(CURRENT, run)
                .set("last_run", run.run())
                .set("status", TaskStatus.ACTIVE)
                .inc("run_counter", 1);
        update.push("task_ids").slice(-SyncEntity.REMEMBERED).each(run.run());
        return changed(
                byKey(sync.key())
                        .and(CURRENT)
                        .is(null)
                        .and(PAUSED)
                        .is(null)
                        .and("active")
                        .is(true),
                update);
    }

    /** Claims the current run for a worker and fences off earlier ones; empty when it is not the current run. */
    Optional<SyncEntity> claim(String key, String run, String worker) {
        return changed(running(key, run), new Update().inc("fence", 1).set("current.worker", worker));
    }

    /** Whether a worker's fencing token is still the highest. */
    boolean holds(String key, String run, long fence) {
        return mongo.exists(query(running(key, run).and("fence").is(fence)), SyncEntity.class);
    }

    /**
     * Update of a sync at the end of a run.
     *
     * @param more what is added to the totals
     * @param latestBatches ids of the latest batches
     * @param resume null when the listing is complete
     * @param status null leaves it unchanged
     * @param pause null leaves it unchanged
     * @param nextSyncAt null when no run is scheduled
     */
    record RunEnd(
            Totals more,
            long batches,
            List<String> latestBatches,
            @Nullable Resume resume,
            int failures,
            @Nullable String lastError,
            @Nullable Instant lastSyncAt,
            @Nullable TaskStatus status,
            @Nullable Pause pause,
            @Nullable Instant nextSyncAt,
            Instant at) {}

    /**
     * Clears the current run and adds its outcomes.
     *
     * @param sync as the ending was computed from
     * @return empty when the run is not the current one any more, or callers changed the sync since
     */
    Optional<SyncEntity> end(SyncEntity sync, String run, RunEnd ending) {
        Update update = new Update()
                .unset(CURRENT)
                .inc("totals.discovered", ending.more().discovered())
                .inc("totals.synced", ending.more().synced())
                .inc("totals.failed", ending.more().failed())
                .inc("totals.bytes", ending.more().bytes())
                .inc("batches_created", ending.batches())
                .set("failures", ending.failures())
                .set(UPDATED_AT, ending.at());
        if (!ending.latestBatches().isEmpty()) {
            update.push("batch_ids")
                    .slice(-SyncEntity.REMEMBERED)
                    .each(ending.latestBatches().toArray());
        }
        if (ending.status() != null) {
            update.set("status", ending.status());
        }
        if (ending.pause() != null) {
            update.set(PAUSED, ending.pause());
        }
        set(update, "resume", ending.resume());
        set(update, "last_error", ending.lastError());
        set(update, "last_sync_at", ending.lastSyncAt());
        set(update, "next_sync_at", ending.nextSyncAt());
        return changed(running(sync.key(), run).and(REVISION).is(sync.revision()), update);
    }

    /** Sets a field, or unsets it for null. */
    private static void set(Update update, String field, @Nullable Object value) {
        if (value == null) {
            update.unset(field);
        } else {
            update.set(field, value);
        }
    }

    /**
     * Deletes the syncs of a bucket, or of the namespace without one, those being deleted included.
     *
     * @return how many
     */
    long removeAll(Scope scope, @Nullable BucketId bucket) {
        return mongo.remove(query(within(scope, bucket)), SyncEntity.class).getDeletedCount();
    }

    /** Deletes the runs and the ledger of a sync. @param stop true stops the deletion early @return how many */
    long removeParts(String syncKey, BooleanSupplier stop) {
        return removeParts(where("sync_key").is(syncKey), stop);
    }

    /** The same for all syncs of a bucket, or of the namespace without one. */
    long removeParts(Scope scope, @Nullable BucketId bucket, BooleanSupplier stop) {
        return removeParts(within(scope, bucket), stop);
    }

    private long removeParts(Criteria which, BooleanSupplier stop) {
        return MongoWrites.removePaged(mongo, SyncRunEntity.COLLECTION, which, stop)
                + MongoWrites.removePaged(mongo, LedgerEntity.COLLECTION, which, stop);
    }

    private Optional<SyncEntity> changed(Criteria which, Update update) {
        return Optional.ofNullable(mongo.findAndModify(
                query(which), update, FindAndModifyOptions.options().returnNew(true), SyncEntity.class));
    }

    private static Criteria running(String key, String run) {
        return byKey(key).and("current.run").is(run);
    }

    private static Criteria byKey(String key) {
        return where("_id").is(key).and(Deletable.MARK).is(null);
    }

    private static Criteria of(Scope scope, BucketId bucket) {
        return within(scope, bucket).and(Deletable.MARK).is(null);
    }

    private static Criteria within(Scope scope, @Nullable BucketId bucket) {
        Criteria all = where("namespace_id").is(scope.namespace().value());
        return bucket == null ? all : all.and("bucket_id").is(bucket.value());
    }
}
