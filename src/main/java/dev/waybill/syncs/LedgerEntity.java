package dev.waybill.syncs;

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
 * @param refusedBy the hash of the filters, or of the mapping, that refused what only opening the file told; null otherwise
 * @param wanted how often somebody wanted it brought again; counted up by each wish
 * @param settled what its latest version that came to an end came to, and stays while others are tried; null when none did
 * @param settlements how often that was written
 * @param generation counted up when the object made of it was deleted: the next one is another one
 * @param firstRun the run that saw it first
 * @param lastRun the run that wrote the row last
 * @param finished how the latest run that worked on it left it, for the counts of that run; null when none did
 * @param fence of the run that wrote it; see {@link SyncEntity#fence}
 * @param history the latest {@value #REMEMBERED} changes, the oldest first
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

    /** Where a file stands. While it is copied, that is where it stood before: a row is written when a file has its end. */
    enum State {
        /** It is to be tried again by the next run. */
        QUEUED,
        SYNCED,
        FILTERED,
        /** It is not to become an object of its own. */
        SKIPPED,
        /** The next run tries it again. */
        FAILED,
        /** It was tried often enough; it waits for another version or for somebody. */
        QUARANTINED,
        /** Its source is still preparing it; the next run looks again. */
        PENDING_SOURCE,
        /** It was there, and was not when it was to be read. */
        GONE,
        /** Its object was deleted as it was gone. Syncs delete nothing yet. */
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
    record Finished(String run, Outcome outcome, long bytes) {

        /** What was made and then changed by one run was made by it. */
        private Finished and(Outcome next, long more) {
            boolean made = outcome == Outcome.CREATED && next == Outcome.UPDATED;
            return new Finished(run, made ? outcome : next, bytes + more);
        }
    }

    /** One change. */
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

    /** The row of a file as it is listed now; a new one is QUEUED. */
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

    /** The same file, which is not listed, as a run writes it. */
    LedgerEntity takenBy(SyncEntity sync, String run, Instant now) {
        SourceFile file = new SourceFile(
                sourceId, sourceKey, sizeBytes, modifiedAt, version, facts, null, null, SourceFile.Kind.FILE);
        return seen(sync, run, file, this, now);
    }

    /** The same file in another state. */
    LedgerEntity in(State next, @Nullable String why, @Nullable String sentence) {
        Transition change = new Transition(updatedAt, lastRun, next, why, version);
        List<Transition> all = new ArrayList<>(history);
        if (history.isEmpty() || !history.getLast().isLike(change)) {
            all.add(change);
        }
        List<Transition> latest = all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
        return with(wanted, next, why, sentence, attempts, null, settled, settlements, generation, finished, latest);
    }

    /** The same, which is to be brought again. @param wishes how often somebody wanted that */
    LedgerEntity wantedAgain(long wishes) {
        LedgerEntity queued = in(State.QUEUED, null, null);
        return queued.with(
                wishes,
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

    /** The same, which failed that often in a row. */
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

    /** The same, refused by filters, or a mapping, of that hash for what only opening it told. */
    LedgerEntity refusedBy(String hash) {
        return with(wanted, state, reason, detail, attempts, hash, settled, settlements, generation, finished, history);
    }

    /** The same, which came to an end that stays, by its present state and reason. */
    LedgerEntity settling(@Nullable String objectId, @Nullable String sha256, @Nullable Integrity integrity) {
        Settled end = new Settled(version, state, reason, objectId, sha256, integrity, updatedAt);
        return with(wanted, state, reason, detail, 0, refusedBy, end, settlements + 1, generation, finished, history);
    }

    /** The same, whose latest end does not hold any more. */
    LedgerEntity unsettled() {
        return with(
                wanted, state, reason, detail, attempts, refusedBy, null, settlements, generation, finished, history);
    }

    /** The same, whose next object is another one than before. */
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

    /** The same, done by the run that writes it. What that run did to it before counts as one with this. */
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

    /** The object that has its bytes, by its latest end; null when none has. */
    @Nullable
    String objectId() {
        return settled == null ? null : settled.objectId();
    }

    /** Whether an object was made of it. */
    boolean isMade() {
        return settled != null && settled.state() == State.SYNCED;
    }

    /** Whether that version came to an end that stays. */
    boolean isSettled(String listed) {
        return settled != null && settled.version().equals(listed);
    }

    /** Whether a run worked on it and left it in that version. */
    boolean isFinishedBy(String run, String listed) {
        return finished != null && finished.run().equals(run) && version.equals(listed);
    }
}
