package dev.waybill.syncs;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.objects.Blob;
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
import dev.waybill.syncs.LedgerDocument.Outcome;
import dev.waybill.syncs.LedgerDocument.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes objects of files that were copied, then says so in the ledger. An object's id is derived from the file, so that
 * whoever does it again after a crash, or comes by another sync, comes to the same object. Bytes that no object took go.
 */
@Component
class Publication {

    static final String DUPLICATE_OF = "DUPLICATE_OF";

    /** Another object has the unique key that the bucket wants. */
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

    /** A file that was copied. @param row as it is listed, with what was known of it before */
    record Ready(LedgerDocument row, FileCopy.Copied copied) {}

    /**
     * Publishes files.
     *
     * @param rows of those that become no objects, as they are to be written
     * @throws Fenced when another worker has the run; what was written by then is what that one would write
     */
    void publish(Attempt attempt, List<Ready> files, List<LedgerDocument> rows) {
        List<LedgerDocument> all = new ArrayList<>(rows);
        List<Ready> open = new ArrayList<>(files);
        try {
            requireFence(attempt);
            for (Iterator<Ready> each = open.iterator(); each.hasNext(); ) {
                Optional<LedgerDocument> row = revised(attempt, each.next());
                if (row.isPresent()) {
                    all.add(row.get());
                    each.remove();
                }
            }
        } catch (Fenced fenced) {
            discard(open);
            throw fenced;
        }
        all.addAll(written(
                attempt,
                open.stream()
                        .map(file -> file.row().isMade() ? next(file) : file)
                        .toList()));
        if (!files.isEmpty()) {
            faults.reach("sync.objects-written");
        }
        write(attempt, all);
    }

    private void write(Attempt attempt, List<LedgerDocument> rows) {
        List<LedgerDocument> wanted = rows;
        while (!ledger.write(wanted) && holds(attempt)) {
            wanted = ledger.wantedSince(wanted);
        }
        faults.reach("sync.rows-written");
        if (!holds(attempt)) {
            // Whoever has the run may have counted its rows before these were there.
            ledger.withdraw(wanted, attempt.run(), attempt.sync().fence(), clock.instant());
            throw new Fenced();
        }
    }

    /** Removes the bytes of files that were never published. */
    void discard(List<Ready> files) {
        deletes.add(
                files.stream().flatMap(file -> file.copied().keys().stream()).toList());
    }

    private void requireFence(Attempt attempt) {
        if (!holds(attempt)) {
            throw new Fenced();
        }
    }

    private boolean holds(Attempt attempt) {
        SyncDocument sync = attempt.sync();
        return syncs.holds(sync.key(), attempt.run(), sync.fence());
    }

    /** The one whose object was deleted here becomes another one. */
    private static Ready next(Ready file) {
        return new Ready(file.row().ofNextGeneration(), file.copied());
    }

    /** Gives the file's object, if it has one, the newer bytes. */
    private Optional<LedgerDocument> revised(Attempt attempt, Ready file) {
        String object = file.row().objectId();
        return file.row().isMade() && object != null
                ? revised(attempt, file, new ObjectId(object), Outcome.UPDATED)
                : Optional.empty();
    }

    private Optional<LedgerDocument> revised(Attempt attempt, Ready file, ObjectId id, Outcome outcome) {
        LedgerDocument row = file.row();
        FileCopy.Copied copied = file.copied();
        // Of one that had this version before, this is another change, so that it has another token.
        String token = EventIds.digest(row.key(), row.version(), String.valueOf(row.settlements()));
        try {
            Optional<BucketObject> now = writer.revise(
                    attempt.bucket(),
                    id,
                    new ObjectRevision(copied.blobs(), copied.metadata(), token),
                    () -> requireFence(attempt));
            return now.map(object -> synced(file, object, outcome));
        } catch (WaybillException refused) {
            return Optional.of(refused(attempt, file, refused));
        }
    }

    private List<LedgerDocument> written(Attempt attempt, List<Ready> fresh) {
        List<LedgerDocument> rows = new ArrayList<>();
        List<Ready> writable = new ArrayList<>();
        List<WriteDraft> drafts = new ArrayList<>();
        for (Ready file : fresh) {
            try {
                drafts.add(draft(attempt, file));
                writable.add(file);
            } catch (WaybillException lacking) {
                rows.add(refused(attempt, file, lacking));
            }
        }
        List<WriteResult> results = writer.write(drafts);
        @Nullable Fenced another = null;
        for (int i = 0; i < results.size(); i++) {
            try {
                rows.add(row(attempt, writable.get(i), results.get(i)));
            } catch (Fenced fenced) {
                another = fenced; // what the others came to is seen to first
            }
        }
        if (another != null) {
            throw another;
        }
        return rows;
    }

    private WriteDraft draft(Attempt attempt, Ready file) {
        Map<String, Object> metadata = file.copied().metadata();
        BucketObject object = BucketObject.draft(
                objectId(attempt, file.row()),
                attempt.bucket().scope(),
                attempt.bucket().id(),
                null,
                file.copied().blobs(),
                metadata,
                clock.instant());
        String key = ContentHashes.uniqueKey(attempt.bucket(), metadata, List.of("schema_mapping", "mappings"))
                .orElse(null);
        boolean skips = attempt.sync().settings().skipDuplicates();
        return WriteDraft.object(object, key, UniqueKeyPolicy.INSERT, skips, null);
    }

    /** The id of the object that a file becomes: files of one bucket and key that lie in two places are two. */
    private static ObjectId objectId(Attempt attempt, LedgerDocument row) {
        SyncDocument sync = attempt.sync();
        return new ObjectId("obj_"
                + EventIds.digest(
                        sync.scope().key(sync.bucketId()),
                        sync.provider(),
                        attempt.place(),
                        row.sourceId(),
                        String.valueOf(row.generation())));
    }

    private LedgerDocument row(Attempt attempt, Ready file, WriteResult result) {
        return switch (result) {
            case WriteResult.Created created -> created(attempt, file, created.object());
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
            case WriteResult.Refused refused -> refused(attempt, file, refused.why());
        };
    }

    /** Who died before the ledger was written, or another sync of this file, may have made it, of these bytes or others. */
    private LedgerDocument created(Attempt attempt, Ready file, BucketObject object) {
        boolean own = has(object, file.copied().keys().getFirst());
        boolean same =
                object.blobs().stream().anyMatch(blob -> file.copied().sha256().equals(blob.sha256()));
        return own || same ? synced(file, object, Outcome.CREATED) : overtaken(attempt, file, object.id());
    }

    private LedgerDocument overtaken(Attempt attempt, Ready file, ObjectId id) {
        try {
            return revised(attempt, file, id, Outcome.CREATED).orElseGet(() -> {
                discard(file);
                return deleted(file);
            });
        } catch (Fenced fenced) {
            discard(file);
            throw fenced;
        }
    }

    private LedgerDocument synced(Ready file, BucketObject object, Outcome outcome) {
        deletes.add(
                file.copied().keys().stream().filter(key -> !has(object, key)).toList());
        return file.row()
                .in(State.SYNCED, null, null)
                .settling(
                        object.id().value(),
                        file.copied().sha256(),
                        file.copied().integrity())
                .finishing(outcome, file.row().sizeBytes());
    }

    private LedgerDocument duplicate(Ready file, WriteResult.Existing existing, String reason, String sentence) {
        discard(file);
        String id = existing.id().value();
        return file.row()
                .in(State.SKIPPED, reason, sentence.formatted(id))
                .settling(id, file.copied().sha256(), file.copied().integrity())
                .finishing(Outcome.DUPLICATE, 0);
    }

    private static LedgerDocument deleted(Ready file) {
        return file.row()
                .in(
                        State.SKIPPED,
                        OBJECT_DELETED,
                        "The object made of it was deleted here; it comes back when the file changes")
                .settling(null, file.copied().sha256(), file.copied().integrity())
                .ofNextGeneration()
                .finishing(Outcome.SKIPPED, 0);
    }

    /** What may pass is tried by the next run. Whether bytes are needed that may have been written, the walk over them finds out. */
    private LedgerDocument refused(Attempt attempt, Ready file, WaybillException why) {
        LedgerDocument row = file.row().after(file.row().attempts() + 1);
        if (why.code().category() == ErrorCategory.UNAVAILABLE) {
            return row.in(State.FAILED, why.code().name(), why.getMessage()).finishing(Outcome.FAILED, 0);
        }
        discard(file);
        if (why.code() == ErrorCode.QUOTA_EXCEEDED) {
            attempt.full(why);
            return row.in(State.FAILED, why.code().name(), why.getMessage()).finishing(Outcome.FAILED, 0);
        }
        return row.in(State.QUARANTINED, ErrorCode.SCHEMA_MISMATCH.name(), why.getMessage())
                .refusedBy(attempt.mapping().hash())
                .finishing(Outcome.QUARANTINED, 0);
    }

    private void discard(Ready file) {
        discard(List.of(file));
    }

    private static boolean has(BucketObject object, ObjectKey key) {
        return object.blobs().stream().map(Blob::key).anyMatch(key::equals);
    }
}
