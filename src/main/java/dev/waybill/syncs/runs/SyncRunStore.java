package dev.waybill.syncs.runs;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.syncs.runs.SyncRunEntity.Effort;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.syncs.settings.Settings.Selection;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Repository of sync runs in MongoDB. A run in progress is fenced: only the worker with the highest fencing token
 * writes it.
 */
@Component
class SyncRunStore {

    private static final String FENCE = "fence";
    private static final String STATUS = "status";

    private final MongoOperations mongo;
    private final MongoPages pages;

    SyncRunStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** Inserts if absent. */
    void insert(SyncRunEntity run) {
        MongoWrites.insert(mongo, run);
    }

    Optional<SyncRunEntity> find(SyncEntity sync, String run) {
        return Optional.ofNullable(mongo.findOne(query(of(sync).and("run_id").is(run)), SyncRunEntity.class));
    }

    /** A page of a sync's runs; a null status does not filter. */
    Page<SyncRunEntity> page(SyncEntity sync, @Nullable TaskStatus status, ListQuery query, Fields fields) {
        Criteria within = of(sync);
        return pages.find(
                SyncRunEntity.class,
                status == null ? within : within.and(STATUS).is(status),
                query,
                fields);
    }

    /**
     * Claims a run for a worker. Its listing restarts where the sync's selection has changed since.
     *
     * @param sync with the worker's fencing token
     * @return empty when it ended, or a worker with a higher fence has claimed it
     */
    Optional<SyncRunEntity> claim(SyncRunEntity run, SyncEntity sync, String source) {
        Selection selection = sync.settings().selection();
        Update update = new Update()
                .set("source", source)
                .set(STATUS, TaskStatus.PROCESSING)
                .inc("attempts", 1);
        if (!selection.equals(run.selection())) {
            update.set("selection", selection).set("listing", Listing.from(null));
        }
        return fenced(run, sync.fence(), update);
    }

    /** Fences off its workers, to end it; empty when it ended, or a worker with a higher fence has claimed it. */
    Optional<SyncRunEntity> fenceOff(SyncRunEntity run, long fence) {
        return fenced(run, fence, new Update());
    }

    private Optional<SyncRunEntity> fenced(SyncRunEntity run, long fence, Update update) {
        return changed(inProgress(run).and(FENCE).lt(fence), update.set(FENCE, fence));
    }

    /**
     * Writes a checkpoint of the listing.
     *
     * @param run as it was read or written last
     * @param more the cost since
     * @return false when another worker has claimed it
     */
    boolean checkpoint(SyncRunEntity run, Listing listing, Effort more) {
        Update update = spending(more).set("listing", listing);
        Query mine = query(inProgress(run)
                .and(FENCE)
                .is(run.fence())
                .and("listing.pages")
                .is(run.listing().pages()));
        return mongo.updateFirst(mine, update, SyncRunEntity.class).getMatchedCount() == 1;
    }

    /** Adds the cost beyond the last checkpoint. A fenced worker adds nothing. */
    void spent(SyncRunEntity run, Effort more) {
        if (!more.equals(Effort.NONE)) {
            mongo.updateFirst(query(inProgress(run).and(FENCE).is(run.fence())), spending(more), SyncRunEntity.class);
        }
    }

    private static Update spending(Effort more) {
        return new Update()
                .inc("effort.list_requests", more.listRequests())
                .inc("effort.read_requests", more.readRequests())
                .inc("effort.other_requests", more.otherRequests())
                .inc("effort.bytes_read", more.bytesRead())
                .inc("effort.throttled", more.throttled())
                .inc("effort.retries", more.retries());
    }

    /** Adds a warning; the first {@value SyncRunEntity#MAX_WARNINGS} are stored. */
    void warn(SyncRunEntity run, String warning) {
        mongo.updateFirst(
                query(inProgress(run)
                        .and("warnings")
                        .ne(warning)
                        .and("warnings." + (SyncRunEntity.MAX_WARNINGS - 1))
                        .exists(false)),
                new Update().push("warnings", warning),
                SyncRunEntity.class);
    }

    /**
     * Ends it once: the outcome that was written first stays, and is returned.
     *
     * @param fence fencing token of the worker that ends it
     * @return empty when a worker with a higher fence has claimed it
     */
    Optional<SyncRunEntity> end(
            SyncRunEntity run,
            long fence,
            TaskStatus status,
            Outcomes outcomes,
            long batches,
            @Nullable Failure failure,
            Instant now) {
        Update update = new Update()
                .set(STATUS, status)
                .set("outcomes", outcomes)
                .set("batches", batches)
                .set("ended_at", now);
        if (failure != null) {
            update.set("failure", failure);
        }
        return changed(inProgress(run).and(FENCE).lte(fence), update)
                .or(() -> Optional.ofNullable(
                        mongo.findOne(query(byKey(run).and("ended_at").ne(null)), SyncRunEntity.class)));
    }

    private Optional<SyncRunEntity> changed(Criteria which, Update update) {
        return Optional.ofNullable(mongo.findAndModify(
                query(which), update, FindAndModifyOptions.options().returnNew(true), SyncRunEntity.class));
    }

    private static Criteria inProgress(SyncRunEntity run) {
        return byKey(run).and("ended_at").is(null);
    }

    private static Criteria byKey(SyncRunEntity run) {
        return where("_id").is(run.key());
    }

    private static Criteria of(SyncEntity sync) {
        return where("sync_key").is(sync.key());
    }
}
