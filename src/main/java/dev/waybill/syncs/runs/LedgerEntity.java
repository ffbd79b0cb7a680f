package dev.waybill.syncs.runs;

import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A row of a sync's ledger, as it is stored: state and outcome of one file of the source. An unchanged row is not
 * written again, so it shows the latest change and not the latest listing.
 *
 * @param key derived from the sync and the file's id, so that there is one row per pair
 * @param sourceId {@link dev.waybill.connectors.SourceFile#id}
 * @param sourceKey the key as people know it
 * @param version as it was listed
 * @param facts what the version was derived from, such as {@code etag}
 * @param reason null where the state is sufficient
 * @param detail a sentence; null where none is needed
 * @param attempts consecutive failures
 * @param refusedBy the hash of the filters, or of the mapping, that refused the file once it was opened; null otherwise
 * @param wanted counter of requests to retry or replay it
 * @param settled outcome of the latest version with a final one; stays while later versions are tried; null when there
 *     is none
 * @param settlements how often {@code settled} was written
 * @param generation incremented when its object was deleted, so that the next object has another id
 * @param firstRun the run that first listed it
 * @param lastRun the run that wrote the row last
 * @param finished outcome in the latest run that processed it, for the counts of that run; null when none did
 * @param fence fencing token of the run that wrote it; see {@link SyncEntity#fence}
 * @param history the latest {@value #REMEMBERED} state changes, the oldest first
 */
@Document(LedgerEntity.COLLECTION)
@CompoundIndex(name = "by_key", def = "{sync_key: 1, source_key: 1, _id: 1}")
@CompoundIndex(name = "by_state", def = "{sync_key: 1, state: 1, source_key: 1, _id: 1}")
@CompoundIndex(
        name = "by_reason",
        def = "{sync_key: 1, reason: 1, source_key: 1, _id: 1}",
        partialFilter = "{reason: {$exists: true}}")
@CompoundIndex(name = "by_run", def = "{sync_key: 1, 'finished.run': 1, source_key: 1, _id: 1}")
@CompoundIndex(name = "of_bucket", def = "{namespace_id: 1, bucket_id: 1}")
record LedgerEntity(
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
        long wanted,
        @Nullable String refusedBy,
        @Nullable Settled settled,
        int settlements,
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

    /**
     * State of a file. A row is written when the file is finished, so while it is copied the row shows its previous
     * state.
     */
    enum State {
        /** The next run is to retry it, on request. */
        QUEUED,
        SYNCED,
        FILTERED,
        /** It does not become an object of its own. */
        SKIPPED,
        /** The next run retries it. */
        FAILED,
        /** Dead letter: its attempts are exhausted; it waits for a new version or a retry on request. */
        QUARANTINED,
        /** The source is still preparing it; the next run checks again. */
        PENDING_SOURCE,
        /** It was listed, and was gone when it was to be read. */
        GONE,
        /** Its object was deleted as the file was gone. Syncs delete nothing yet. */
        DELETED
    }

    /** Outcome of a file in a run. */
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
     * The latest version with a final outcome.
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

    /**
     * How the copied bytes were compared with the source's checksums: {@code sha256}, {@code md5}, ... or
     * {@code length}.
     */
    record Integrity(String method, boolean match) {}

    /** @param bytes copied in that run */
    record Finished(String run, Outcome outcome, long bytes) {

        /** Created and then updated by one run counts as created. */
        private Finished and(Outcome next, long more) {
            boolean made = outcome == Outcome.CREATED && next == Outcome.UPDATED;
            return new Finished(run, made ? outcome : next, bytes + more);
        }
    }

    /** A state change. */
    record Transition(
            Instant at, String run, State state, @Nullable String reason, String version) {

        boolean isLike(Transition other) {
            return state == other.state && Objects.equals(reason, other.reason) && version.equals(other.version);
        }
    }

    /** The {@code _id} of a file's row. */
    static String key(String syncKey, String sourceId) {
        return syncKey + "/" + DigestUtils.sha256Hex(sourceId);
    }

    /** The row of a file as it is listed now; a new row is QUEUED. */
    static LedgerEntity seen(SyncEntity sync, String run, SourceFile file, @Nullable LedgerEntity before, Instant now) {
        return new LedgerEntity(
                key(sync.key(), file.id()),
                sync.organizationId(),
                sync.namespaceId(),
                sync.bucketId(),
                sync.key(),
                file.id(),
                file.key(),
                file.sizeBytes(),
                file.modifiedAt(),
                file.version(),
                file.facts(),
                before == null ? State.QUEUED : before.state,
                before == null ? null : before.reason,
                before == null ? null : before.detail,
                before == null ? 0 : before.attempts,
                before == null ? 0 : before.wanted,
                before == null ? null : before.refusedBy,
                before == null ? null : before.settled,
                before == null ? 0 : before.settlements,
                before == null ? 0 : before.generation,
                before == null ? run : before.firstRun,
                run,
                before == null ? null : before.finished,
                sync.fence(),
                before == null ? List.of() : before.history,
                before == null ? now : before.createdAt,
                now);
    }

    /** The row of a file that this run did not list, as it writes it. */
    LedgerEntity writtenBy(SyncEntity sync, String run, Instant now) {
        SourceFile file = new SourceFile(
                sourceId, sourceKey, sizeBytes, modifiedAt, version, facts, null, null, SourceFile.Kind.FILE);
        return seen(sync, run, file, this, now);
    }

    /** A copy in another state. */
    LedgerEntity in(State next, @Nullable String why, @Nullable String sentence) {
        Transition change = new Transition(updatedAt, lastRun, next, why, version);
        List<Transition> all = new ArrayList<>(history);
        if (history.isEmpty() || !history.getLast().isLike(change)) {
            all.add(change);
        }
        List<Transition> latest = all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        return with(wanted, next, why, sentence, attempts, null, settled, settlements, generation, finished, latest);
    }

    /** A copy that is queued again. @param requests the new counter of requests */
    LedgerEntity requeued(long requests) {
        LedgerEntity queued = in(State.QUEUED, null, null);
        return queued.with(
                requests,
                queued.state,
                null,
                null,
                0,
                refusedBy,
                settled,
                settlements,
                generation,
                finished,
                queued.history);
    }

    /** A copy with so many consecutive failures. */
    LedgerEntity after(int failures) {
        return with(
                wanted,
                state,
                reason,
                detail,
                failures,
                refusedBy,
                settled,
                settlements,
                generation,
                finished,
                history);
    }

    /** A copy refused by filters, or a mapping, of that hash once the file was opened. */
    LedgerEntity refusedBy(String hash) {
        return with(wanted, state, reason, detail, attempts, hash, settled, settlements, generation, finished, history);
    }

    /** A copy settled with its current state and reason. */
    LedgerEntity settling(@Nullable String objectId, @Nullable String sha256, @Nullable Integrity integrity) {
        Settled end = new Settled(version, state, reason, objectId, sha256, integrity, updatedAt);
        return with(wanted, state, reason, detail, 0, refusedBy, end, settlements + 1, generation, finished, history);
    }

    /** A copy without a settled outcome. */
    LedgerEntity unsettled() {
        return with(
                wanted, state, reason, detail, attempts, refusedBy, null, settlements, generation, finished, history);
    }

    /** A copy whose next object gets another id. */
    LedgerEntity ofNextGeneration() {
        return with(
                wanted,
                state,
                reason,
                detail,
                attempts,
                refusedBy,
                settled,
                settlements,
                generation + 1,
                finished,
                history);
    }

    /** A copy finished by the run that writes it, merged with that run's earlier outcome of the file. */
    LedgerEntity finishing(Outcome outcome, long bytes) {
        Finished sum = finished != null && finished.run().equals(lastRun)
                ? finished.and(outcome, bytes)
                : new Finished(lastRun, outcome, bytes);
        return with(wanted, state, reason, detail, attempts, refusedBy, settled, settlements, generation, sum, history);
    }

    private LedgerEntity with(
            long toWanted,
            State toState,
            @Nullable String toReason,
            @Nullable String toDetail,
            int toAttempts,
            @Nullable String toRefusedBy,
            @Nullable Settled toSettled,
            int toSettlements,
            int toGeneration,
            @Nullable Finished toFinished,
            List<Transition> toHistory) {
        return new LedgerEntity(
                key,
                organizationId,
                namespaceId,
                bucketId,
                syncKey,
                sourceId,
                sourceKey,
                sizeBytes,
                modifiedAt,
                version,
                facts,
                toState,
                toReason,
                toDetail,
                toAttempts,
                toWanted,
                toRefusedBy,
                toSettled,
                toSettlements,
                toGeneration,
                firstRun,
                lastRun,
                toFinished,
                fence,
                toHistory,
                createdAt,
                updatedAt);
    }

    /** The object that has its bytes, by its settled outcome; null when none has. */
    @Nullable
    String objectId() {
        return settled == null ? null : settled.objectId();
    }

    /** Whether it has an object of its own. */
    boolean isMade() {
        return settled != null && settled.state() == State.SYNCED;
    }

    /** Whether that version is settled. */
    boolean isSettled(String listed) {
        return settled != null && settled.version().equals(listed);
    }

    /** Whether that run finished it in that version. */
    boolean isFinishedBy(String run, String listed) {
        return finished != null && finished.run().equals(run) && version.equals(listed);
    }
}
