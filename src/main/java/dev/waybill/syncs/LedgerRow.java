package dev.waybill.syncs;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What became of one file of a source, as it is stored. A file whose row stays the same is not written again, so a row
 * tells of the latest change and not of the latest look.
 *
 * @param key made of the sync and the file's id, so that there is one row for both
 * @param sourceId {@link dev.waybill.connectors.SourceFile#id}
 * @param sourceKey as people know it
 * @param version as it was listed
 * @param facts what the version was made of, such as {@code etag}
 * @param reason null where the state says it all
 * @param detail a sentence; null where there is nothing to add
 * @param attempts how often in a row it failed
 * @param settled what its latest version that came to an end came to, and stays while others are tried; null when none did
 * @param generation counted up when the object made of it was deleted: the next one is another one
 * @param firstRun the run that saw it first
 * @param lastRun the run that wrote the row last
 * @param finished how the latest run that worked on it left it, for the counts of that run; null when none did
 * @param fence of the run that wrote it; see {@link SyncDocument#fence}
 * @param history the latest {@value #REMEMBERED} changes, the oldest first
 */
@Document(LedgerRow.COLLECTION)
@CompoundIndex(name = "by_key", def = "{sync_key: 1, source_key: 1, _id: 1}")
@CompoundIndex(name = "by_state", def = "{sync_key: 1, state: 1, updated_at: 1}")
@CompoundIndex(name = "by_run", def = "{sync_key: 1, 'finished.run': 1, _id: 1}")
@CompoundIndex(name = "of_bucket", def = "{namespace_id: 1, bucket_id: 1}")
record LedgerRow(
        @Id String key,
        OrganizationId organizationId,
        NamespaceId namespaceId,
        String bucketId,
        String syncKey,
        String sourceId,
        String sourceKey,
        long sizeBytes,
        @Nullable Instant modifiedAt,
        String version,
        Map<String, String> facts,
        State state,
        @Nullable String reason,
        @Nullable String detail,
        int attempts,
        @Nullable Settled settled,
        int generation,
        String firstRun,
        String lastRun,
        @Nullable Finished finished,
        long fence,
        List<Transition> history,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "sync_ledger";

    static final int REMEMBERED = 10;

    /** Where a file stands. */
    enum State {
        /** It is to be tried again by the next run. */
        QUEUED,
        COPYING,
        SYNCED,
        FILTERED,
        /** It is not to become an object of its own. */
        SKIPPED,
        /** The next run tries it again. */
        FAILED,
        /** It was tried often enough; it waits for another version or for somebody. */
        QUARANTINED,
        PENDING_SOURCE,
        /** It was there, and was not when it was to be read. */
        GONE,
        DELETED
    }

    /** What a run made of a file. */
    enum Outcome {
        CREATED,
        UPDATED,
        DUPLICATE,
        /** Its object was deleted here, or the file was gone when it was to be read. */
        SKIPPED,
        FAILED,
        QUARANTINED
    }

    /**
     * The latest version that came to an end which stays.
     *
     * @param state SYNCED or SKIPPED
     * @param objectId the object that has its bytes; null when none has
     */
    record Settled(
            String version,
            State state,
            @Nullable String reason,
            @Nullable String objectId,
            @Nullable String sha256,
            @Nullable Integrity integrity,
            Instant at) {}

    /** By what its bytes were compared with what the source told: {@code sha256}, {@code md5}, ... or {@code length}. */
    record Integrity(String method, boolean match) {}

    /** @param bytes that were copied in that run */
    record Finished(String run, Outcome outcome, long bytes) {}

    /** One change. */
    record Transition(
            Instant at, String run, State state, @Nullable String reason, String version) {}
}
