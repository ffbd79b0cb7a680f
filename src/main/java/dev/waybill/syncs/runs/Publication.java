package dev.waybill.syncs.runs;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.Blob;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ContentHashes;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectRevision;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.WriteDraft;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.syncs.runs.LedgerEntity.Integrity;
import dev.waybill.syncs.runs.LedgerEntity.Outcome;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.transfer.FileCopy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Publishes copied files: creates or updates their objects, then writes their ledger rows. An object's id is derived
 * from the file, so that a repeat after a crash, or another sync of the same file, finds the same object. Bytes that no
 * object references are deleted.
 */
@Component
class Publication {

    static final String DUPLICATE_OF = "DUPLICATE_OF";

    /** Another object has the unique key. */
    static final String KEY_TAKEN = "UNIQUE_KEY_TAKEN";

    static final String OBJECT_DELETED = "OBJECT_DELETED";

    private final ObjectWriter writer;
    private final SyncStore syncs;
    private final LedgerStore ledger;
    private final BatchedDeletes deletes;
    private final FaultPoints faults;
    private final InstantSource clock;

    Publication(
            ObjectWriter writer,
            SyncStore syncs,
            LedgerStore ledger,
            BatchedDeletes deletes,
            FaultPoints faults,
            InstantSource clock) {
        this.writer = writer;
        this.syncs = syncs;
        this.ledger = ledger;
        this.deletes = deletes;
        this.faults = faults;
        this.clock = clock;
    }

    /** A copied file. @param row its row as listed, with what was known of it before */
    record Ready(LedgerEntity row, FileCopy.Copied copied) {

        Integrity integrity() {
            return new Integrity(copied.comparedBy(), true);
        }
    }

    /**
     * Publishes files.
     *
     * @param rows of files without an object, to be written as they are
     * @throws FencedException when another worker has claimed the run; what was written by then is what that one would
     *     write
     */
    void publish(RunAttempt runAttempt, List<Ready> files, List<LedgerEntity> rows) {
        List<LedgerEntity> all = new ArrayList<>(rows);
        List<Ready> open = new ArrayList<>(files);
        try {
            requireFence(runAttempt);
            for (Iterator<Ready> each = open.iterator(); each.hasNext(); ) {
                Optional<LedgerEntity> row = revised(runAttempt, each.next());
                if (row.isPresent()) {
                    all.add(row.get());
                    each.remove();
                }
            }
        } catch (FencedException fencedException) {
            discard(open);
            throw fencedException;
        }
        all.addAll(written(
                runAttempt,
                open.stream()
                        .map(file -> file.row().isMade() ? next(file) : file)
                        .toList()));
        if (!files.isEmpty()) {
            faults.reach("sync.objects-written");
        }
        write(runAttempt, all);
    }

    private void write(RunAttempt runAttempt, List<LedgerEntity> rows) {
        List<LedgerEntity> toWrite = rows;
        while (!ledger.write(toWrite) && holds(runAttempt)) {
            toWrite = ledger.requeuedSince(toWrite);
        }
        faults.reach("sync.rows-written");
        if (!holds(runAttempt)) {
            // The worker that has claimed the run may have counted its rows before these were written.
            ledger.withdraw(toWrite, runAttempt.run(), runAttempt.sync().fence(), clock.instant());
            throw new FencedException();
        }
    }

    /** Deletes the bytes of files that were never published. */
    void discard(List<Ready> files) {
        deletes.add(
                files.stream().flatMap(file -> file.copied().keys().stream()).toList());
    }

    private void requireFence(RunAttempt runAttempt) {
        if (!holds(runAttempt)) {
            throw new FencedException();
        }
    }

    private boolean holds(RunAttempt runAttempt) {
        SyncEntity sync = runAttempt.sync();
        return syncs.holds(sync.key(), runAttempt.run(), sync.fence());
    }

    /** The next generation of a file whose object was deleted here, with another id. */
    private static Ready next(Ready file) {
        return new Ready(file.row().ofNextGeneration(), file.copied());
    }

    /** Updates the file's object, if it has one, with the newer bytes. */
    private Optional<LedgerEntity> revised(RunAttempt runAttempt, Ready file) {
        String object = file.row().objectId();
        return file.row().isMade() && object != null
                ? revised(runAttempt, file, new ObjectId(object), Outcome.UPDATED)
                : Optional.empty();
    }

    private Optional<LedgerEntity> revised(RunAttempt runAttempt, Ready file, ObjectId id, Outcome outcome) {
        LedgerEntity row = file.row();
        FileCopy.Copied copied = file.copied();
        // A return to an earlier version is another change, so it needs another token.
        String token = EventIds.digest(row.key(), row.version(), String.valueOf(row.settlements()));
        try {
            Optional<BucketObject> now = writer.revise(
                    runAttempt.bucket(),
                    id,
                    new ObjectRevision(copied.blobs(), copied.metadata(), token),
                    () -> requireFence(runAttempt));
            return now.map(object -> synced(file, object, outcome));
        } catch (WaybillException refused) {
            return Optional.of(refused(runAttempt, file, refused));
        }
    }

    private List<LedgerEntity> written(RunAttempt runAttempt, List<Ready> fresh) {
        List<LedgerEntity> rows = new ArrayList<>();
        List<Ready> writable = new ArrayList<>();
        List<WriteDraft> drafts = new ArrayList<>();
        for (Ready file : fresh) {
            try {
                drafts.add(draft(runAttempt, file));
                writable.add(file);
            } catch (WaybillException lacking) {
                rows.add(refused(runAttempt, file, lacking));
            }
        }
        List<WriteResult> results = writer.write(drafts);
        @Nullable FencedException another = null;
        for (int i = 0; i < results.size(); i++) {
            try {
                rows.add(row(runAttempt, writable.get(i), results.get(i)));
            } catch (FencedException fencedException) {
                another = fencedException; // the results of the others are handled first
            }
        }
        if (another != null) {
            throw another;
        }
        return rows;
    }

    private WriteDraft draft(RunAttempt runAttempt, Ready file) {
        Map<String, Object> metadata = file.copied().metadata();
        BucketObject object = BucketObject.draft(
                objectId(runAttempt, file.row()),
                runAttempt.bucket().scope(),
                runAttempt.bucket().id(),
                null,
                file.copied().blobs(),
                metadata,
                clock.instant());
        String key = ContentHashes.uniqueKey(runAttempt.bucket(), metadata, List.of("schema_mapping", "mappings"))
                .orElse(null);
        boolean skips = runAttempt.sync().settings().skipDuplicates();
        return WriteDraft.object(object, key, UniqueKeyPolicy.INSERT, skips, null);
    }

    /** The object's id, derived from the file: equal keys in two source locations are two objects. */
    private static ObjectId objectId(RunAttempt runAttempt, LedgerEntity row) {
        SyncEntity sync = runAttempt.sync();
        return new ObjectId("obj_"
                + EventIds.digest(
                        sync.scope().key(sync.bucketId()),
                        sync.provider(),
                        runAttempt.location(),
                        row.sourceId(),
                        String.valueOf(row.generation())));
    }

    private LedgerEntity row(RunAttempt runAttempt, Ready file, WriteResult result) {
        return switch (result) {
            case WriteResult.Created created -> created(runAttempt, file, created.object());
            case WriteResult.Duplicate duplicate ->
                duplicate(
                        file, duplicate.existing(), DUPLICATE_OF, "The bucket has these bytes already, in object '%s'");
            case WriteResult.Kept kept ->
                duplicate(file, kept.existing(), KEY_TAKEN, "Object '%s' has the same unique key and stays as it is");
            case WriteResult.Changed changed ->
                duplicate(file, changed.existing(), KEY_TAKEN, "Object '%s' has the same unique key");
            case WriteResult.Ended ended -> {
                discard(file);
                yield deleted(file);
            }
            case WriteResult.Refused refused -> refused(runAttempt, file, refused.why());
        };
    }

    /**
     * The object may be of a worker that crashed before it wrote the ledger, or of another sync of this file, with
     * these bytes or others.
     */
    private LedgerEntity created(RunAttempt runAttempt, Ready file, BucketObject object) {
        boolean own = has(object, file.copied().keys().getFirst());
        boolean same =
                object.blobs().stream().anyMatch(blob -> file.copied().sha256().equals(blob.sha256()));
        return own || same ? synced(file, object, Outcome.CREATED) : revisedExisting(runAttempt, file, object.id());
    }

    private LedgerEntity revisedExisting(RunAttempt runAttempt, Ready file, ObjectId id) {
        try {
            return revised(runAttempt, file, id, Outcome.CREATED).orElseGet(() -> {
                discard(file);
                return deleted(file);
            });
        } catch (FencedException fencedException) {
            discard(file);
            throw fencedException;
        }
    }

    private LedgerEntity synced(Ready file, BucketObject object, Outcome outcome) {
        deletes.add(
                file.copied().keys().stream().filter(key -> !has(object, key)).toList());
        return file.row()
                .in(State.SYNCED, null, null)
                .settling(object.id().value(), file.copied().sha256(), file.integrity())
                .finishing(outcome, file.row().sizeBytes());
    }

    private LedgerEntity duplicate(Ready file, WriteResult.Existing existing, String reason, String sentence) {
        discard(file);
        String id = existing.id().value();
        return file.row()
                .in(State.SKIPPED, reason, sentence.formatted(id))
                .settling(id, file.copied().sha256(), file.integrity())
                .finishing(Outcome.DUPLICATE, 0);
    }

    private static LedgerEntity deleted(Ready file) {
        return file.row()
                .in(
                        State.SKIPPED,
                        OBJECT_DELETED,
                        "The object made of it was deleted here; it comes back when the file changes")
                .settling(null, file.copied().sha256(), file.integrity())
                .ofNextGeneration()
                .finishing(Outcome.SKIPPED, 0);
    }

    /**
     * Transient failures are retried by the next run. Their bytes may be referenced by then, so they are left to the
     * garbage collection.
     */
    private LedgerEntity refused(RunAttempt runAttempt, Ready file, WaybillException why) {
        LedgerEntity row = file.row().after(file.row().attempts() + 1);
        if (why.code().category() == ErrorCategory.UNAVAILABLE) {
            return row.in(State.FAILED, why.code().name(), why.getMessage()).finishing(Outcome.FAILED, 0);
        }
        discard(file);
        if (why.code() == ErrorCode.QUOTA_EXCEEDED) {
            runAttempt.quotaExhausted(why);
            return row.in(State.FAILED, why.code().name(), why.getMessage()).finishing(Outcome.FAILED, 0);
        }
        return row.in(State.QUARANTINED, ErrorCode.SCHEMA_MISMATCH.name(), why.getMessage())
                .refusedBy(runAttempt.mapping().hash())
                .finishing(Outcome.QUARANTINED, 0);
    }

    private void discard(Ready file) {
        discard(List.of(file));
    }

    private static boolean has(BucketObject object, ObjectKey key) {
        return object.blobs().stream().map(Blob::key).anyMatch(key::equals);
    }
}
