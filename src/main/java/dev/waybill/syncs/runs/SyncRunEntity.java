package dev.waybill.syncs.runs;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.syncs.transfer.RunCost;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A run of a sync, as it is stored. Its id is also its task's.
 *
 * @param syncKey the sync's {@code _id}
 * @param connectionId the connection that it uses
 * @param selection which files it lists
 * @param source the resolved source path; null before a worker claimed it
 * @param status PENDING until a worker claims it, PROCESSING until it ends COMPLETED, COMPLETED_WITH_ERRORS, FAILED or
 *     CANCELED
 * @param fence fencing token of the current attempt; see {@link SyncEntity#fence}
 * @param attempts how many workers claimed it
 * @param endedAt null while it is in progress
 * @param outcomes counts of files by outcome; null while it is in progress
 * @param batches how many batches process its objects; 0 while it is in progress
 * @param failure why it FAILED; null when it did not
 * @param warnings sentences, at most {@value #MAX_WARNINGS}
 */
@Document(SyncRunEntity.COLLECTION)
@CompoundIndex(name = "of_sync", def = "{sync_key: 1, started_at: -1, _id: -1}")
@CompoundIndex(name = "of_bucket", def = "{namespace_id: 1, bucket_id: 1, started_at: -1}")
record SyncRunEntity(
        @Id String key,
        OrganizationId organizationId,
        NamespaceId namespaceId,
        String bucketId,
        String syncId,
        String syncKey,
        String runId,
        String connectionId,
        String provider,
        Settings.Selection selection,
        @Nullable String source,
        Trigger trigger,
        RunMode mode,
        TaskStatus status,
        long fence,
        int attempts,
        Instant startedAt,
        @Nullable Instant endedAt,
        Listing listing,
        Effort effort,
        @Nullable Outcomes outcomes,
        long batches,
        @Nullable Failure failure,
        List<String> warnings) {

    static final String COLLECTION = "sync_runs";

    static final int MAX_WARNINGS = 20;

    /**
     * Checkpoint of its listing, after the last page whose files are all finished. The counts are written together with
     * the cursor, so that each page is counted once.
     *
     * @param from the cursor that it started at; null for the beginning
     * @param cursor where it continues; null before its first page and after its last
     * @param lastKey the last file of the last page
     * @param over whether the listing is complete, or the run is to list no more
     * @param complete whether it listed everything from the start to the end
     * @param capped whether it stopped at the run's cap
     * @param at when the checkpoint was written; null before the first page
     * @param listed all files except folder markers
     * @param markers folder markers
     * @param matched files that were to be synced, whatever their outcome
     * @param filteredBy filtered files by reason
     * @param unchanged files that were synced already in this version
     * @param waiting quarantined files that did not change
     * @param pending files that the source is still preparing
     */
    record Listing(
            @Nullable String from,
            @Nullable String cursor,
            @Nullable String lastKey,
            boolean over,
            boolean complete,
            boolean capped,
            @Nullable Instant at,
            long pages,
            long listed,
            long markers,
            long matched,
            Map<String, Long> filteredBy,
            long unchanged,
            long waiting,
            long archived,
            long pending) {

        static Listing from(@Nullable String cursor) {
            return new Listing(cursor, cursor, null, false, false, false, null, 0, 0, 0, 0, Map.of(), 0, 0, 0, 0);
        }

        long filtered() {
            return filteredBy.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Cost of a run; after a takeover the real cost may be a little higher. */
    record Effort(
            long listRequests, long readRequests, long otherRequests, long bytesRead, long throttled, long retries) {

        static final Effort NONE = new Effort(0, 0, 0, 0, 0, 0);

        /** Returns and resets the counters. */
        static Effort take(RunCost cost) {
            return new Effort(
                    cost.lists.sumThenReset(),
                    cost.reads.sumThenReset(),
                    cost.others.sumThenReset(),
                    cost.bytes.sumThenReset(),
                    cost.throttles.sumThenReset(),
                    cost.retries.sumThenReset());
        }
    }

    /** Counts of files by outcome, from the ledger. @param bytes of those created and updated */
    record Outcomes(
            long created, long updated, long duplicate, long skipped, long failed, long quarantined, long bytes) {

        static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0);

        /** Objects that it created or updated. */
        long synced() {
            return created + updated;
        }

        /** Files that it processed. */
        long all() {
            return synced() + duplicate + skipped + failed + quarantined;
        }
    }

    /** Why it failed. @param code a diagnosis @param retryable whether a retry may succeed */
    record Failure(String code, String message, boolean retryable) {}

    Scope scope() {
        return new Scope(organizationId, namespaceId);
    }

    /** Its outcomes; all zero while it is in progress. */
    Outcomes result() {
        return outcomes == null ? Outcomes.NONE : outcomes;
    }

    /** A copy at a further checkpoint. */
    SyncRunEntity at(Listing further) {
        return new SyncRunEntity(
                key,
                organizationId,
                namespaceId,
                bucketId,
                syncId,
                syncKey,
                runId,
                connectionId,
                provider,
                selection,
                source,
                trigger,
                mode,
                status,
                fence,
                attempts,
                startedAt,
                endedAt,
                further,
                effort,
                outcomes,
                batches,
                failure,
                warnings);
    }
}
