package dev.waybill.syncs;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One run of a sync, as it is stored. Its id is its task's too.
 *
 * @param syncKey the sync's {@code _id}
 * @param connectionId the connection that it goes by
 * @param selection which files its listing is of
 * @param source what it looks at, as it was resolved; null before a worker took it up
 * @param status PENDING until a worker takes it up, PROCESSING until it ends COMPLETED, COMPLETED_WITH_ERRORS, FAILED or
 *     CANCELED
 * @param fence of the attempt that goes; see {@link SyncEntity#fence}
 * @param attempts how many workers took it up
 * @param endedAt null while it goes
 * @param outcomes what became of files; null while it goes
 * @param batches how many batches process what it made and changed; 0 while it goes
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
     * How far its listing is, up to the last page of which every file has its end. Each number is written together with
     * the cursor, so that it counts each page once.
     *
     * @param from the cursor that it began at; null for the start
     * @param cursor where it goes on; null before its first page and after its last
     * @param lastKey the last file of the last page
     * @param over whether nothing is left to be listed, or the run is to list no more
     * @param complete whether it saw everything from the start to the end
     * @param capped whether it stopped as the run had enough
     * @param at when that was written; null before the first page
     * @param listed all files but those that stand for folders
     * @param markers those that stand for folders
     * @param matched those that were to be synced, whatever became of them
     * @param filteredBy how many were filtered, by reason
     * @param unchanged those that were there already
     * @param waiting those in quarantine that did not change
     * @param pending those that the source is still preparing
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

    /** What it cost; a run that was taken over may have cost a little more. */
    record Effort(
            long listRequests, long readRequests, long otherRequests, long bytesRead, long throttled, long retries) {

        static final Effort NONE = new Effort(0, 0, 0, 0, 0, 0);

        /** What was counted since this was asked last. */
        static Effort take(RunCost runCost) {
            return new Effort(
                    runCost.lists.sumThenReset(),
                    runCost.reads.sumThenReset(),
                    runCost.others.sumThenReset(),
                    runCost.bytes.sumThenReset(),
                    runCost.throttles.sumThenReset(),
                    runCost.retries.sumThenReset());
        }
    }

    /** How many files came to which end, by the ledger. @param bytes of those created and updated */
    record Outcomes(
            long created, long updated, long duplicate, long skipped, long failed, long quarantined, long bytes) {

        static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0);

        /** Objects that it made or changed. */
        long synced() {
            return created + updated;
        }

        /** Files that it worked on. */
        long all() {
            return synced() + duplicate + skipped + failed + quarantined;
        }
    }

    /** Why it failed. @param code a diagnosis @param retryable whether it may succeed by itself */
    record Failure(String code, String message, boolean retryable) {}

    Scope scope() {
        return new Scope(organizationId, namespaceId);
    }

    /** What it came to; nothing as long as it goes. */
    Outcomes result() {
        return outcomes == null ? Outcomes.NONE : outcomes;
    }

    /** The same run, further on. */
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
