package dev.waybill.objects;

import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.mongo.MongoIndexes;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.tenancy.Scope;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The only writer of objects, with deduplication and unique keys. A write is an insert if absent under a derived id,
 * and the unique indexes are the claims: there are no locks, a crash leaves nothing half done, and a repetition is
 * idempotent.
 */
@Component
public class ObjectWriter {

    private static final int MISSES = 3;

    private final ObjectStore store;
    private final QuotaCheckedInserts admission;
    private final ObjectUpdates updates;
    private final ObjectProvider<MongoIndexes> indexes;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectWriter(
            ObjectStore store,
            QuotaCheckedInserts admission,
            ObjectUpdates updates,
            ObjectProvider<MongoIndexes> indexes,
            InstantSource clock,
            FaultPoints faults) {
        this.store = store;
        this.admission = admission;
        this.updates = updates;
        this.indexes = indexes;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * Writes the drafts that do not exist yet, with one insert for all. Of equal drafts the first one is written.
     *
     * @param drafts all of one bucket; may be empty
     * @return one result for each, in order
     */
    public List<WriteResult> write(List<WriteDraft> drafts) {
        indexes.ifAvailable(MongoIndexes::requireUnique);
        List<Attempt> attempts = drafts.stream().map(Attempt::new).toList();
        // No unique index covers a file and an object with the same bytes.
        decide(attempts.stream()
                .filter(one -> one.row.kind() == Kind.FILE && one.draft.skipsDuplicates())
                .toList());
        for (List<Attempt> open = open(attempts); !open.isEmpty(); open = open(open)) {
            insert(open);
            decide(open(open));
        }
        return attempts.stream().map(Attempt::result).toList();
    }

    /**
     * Applies a revision to an object, unless it was applied before or the object has all of it already. Bytes that the
     * object no longer has are removed; those of the revision that were not applied are the caller's to remove: the
     * object's {@linkplain Blob#key keys} show which.
     *
     * @param guard called after the object was read and before it is written, on each attempt: what it throws ends the
     *     revision, and nothing is written. A lease lost between the two writes nothing, as its next holder has written
     *     by then
     * @return the object as it is now; empty when there is none
     * @throws WaybillException 409 when another object has the unique key of the metadata, 503 when it is unknown
     *     whether it was written; repeated with the same token, it is applied once
     */
    public Optional<BucketObject> revise(Bucket bucket, ObjectId id, ObjectRevision revision, Runnable guard) {
        return updates.revise(bucket, id, revision, guard);
    }

    /** The results of the ids that have a row. */
    public Map<ObjectId, WriteResult> decided(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        Map<ObjectId, WriteResult> decided = new HashMap<>();
        if (!ids.isEmpty()) {
            store.findByIdsOrKeys(scope, bucket, ids, List.of(), List.of())
                    .forEach(row -> decided.put(row.id(), result(row, null)));
        }
        return decided;
    }

    /** Whether the draft would be a duplicate of an existing row just now. */
    public boolean isKnown(WriteDraft draft) {
        ObjectRow row = draft.row();
        BucketObject object = row.object();
        return draft.skipsDuplicates()
                && store
                        .findByIdsOrKeys(object.scope(), object.bucket(), List.of(), row.dedupeKeys(), List.of())
                        .stream()
                        .anyMatch(other -> countsAsDuplicate(other, row.kind())
                                && !ContentHashes.differ(other.object().blobs(), object.blobs()));
    }

    /**
     * The existing rows with these dedupe keys.
     *
     * @param keys as made by {@link ContentHashes#sha256Key}
     * @param files whether the draft is a file, and not an object
     * @return by key; keys without a row are absent
     */
    public Map<String, WriteResult.Existing> known(
            Scope scope, BucketId bucket, Collection<String> keys, boolean files) {
        Map<String, WriteResult.Existing> known = new HashMap<>();
        store.findByIdsOrKeys(scope, bucket, List.of(), keys, List.of()).stream()
                .filter(row -> countsAsDuplicate(row, files ? Kind.FILE : Kind.OBJECT))
                .forEach(row -> row.dedupeKeys()
                        .forEach(key ->
                                known.put(key, new WriteResult.Existing(row.id(), row.object(), uploadOf(row)))));
        known.keySet().retainAll(Set.copyOf(keys));
        return known;
    }

    /** One draft on its way to a result. */
    private static final class Attempt {

        private final WriteDraft draft;
        private ObjectRow row;
        private @Nullable ObjectRow first;
        private @Nullable WaybillException unwritable;
        private boolean tried;
        private boolean unknown;
        private int misses;
        private @Nullable WriteResult result;

        Attempt(WriteDraft draft) {
            this.draft = draft;
            this.row = draft.row();
            this.unwritable = draft.unwritable();
        }

        boolean isOpen() {
            return result == null;
        }

        boolean isContent() {
            return row == draft.row() || !row.kind().isEnded();
        }

        /** Whether it can be inserted together with those that have taken their claims. */
        boolean takes(Set<String> taken) {
            tried = !(isContent() && unwritable != null) && Collections.disjoint(taken, claims());
            if (tried) {
                taken.addAll(claims());
            }
            return tried;
        }

        QuotaCheckedInserts.Entry entry() {
            return new QuotaCheckedInserts.Entry(
                    row, Math.max(0, ObjectEntity.sizeOf(row.object()) - draft.reservedBytes()));
        }

        private List<String> claims() {
            return Stream.concat(row.dedupeKeys().stream(), Stream.of(row.uniqueKey()))
                    .map(key -> row.kind() + " " + key)
                    .toList();
        }

        WriteResult result() {
            return java.util.Objects.requireNonNull(result);
        }
    }

    private static List<Attempt> open(List<Attempt> attempts) {
        return attempts.stream().filter(Attempt::isOpen).toList();
    }

    private void insert(List<Attempt> open) {
        open.forEach(this::refuseIfOld);
        Set<String> taken = new HashSet<>();
        List<Attempt> tried =
                open(open).stream().filter(one -> one.takes(taken)).toList();
        List<QuotaCheckedInserts.Result> results =
                admission.insertAll(tried.stream().map(Attempt::entry).toList());
        if (!tried.isEmpty()) {
            faults.reach("object.row-inserted");
        }
        for (int i = 0; i < tried.size(); i++) {
            Attempt one = tried.get(i);
            switch (results.get(i)) {
                case QuotaCheckedInserts.Result.Full full -> full(one, full.why());
                case QuotaCheckedInserts.Result.Tried done -> {
                    one.unknown |= done.outcome() == WriteOutcome.UNKNOWN;
                    if (done.outcome() == WriteOutcome.DONE) {
                        one.result = result(one.row, one.first);
                    }
                }
            }
        }
    }

    /** Over quota it may still be a duplicate, which takes no storage. */
    private static void full(Attempt one, WaybillException why) {
        if (one.isContent()) {
            one.unwritable = why;
        } else {
            one.result = new WriteResult.Refused(why);
        }
    }

    /** No error of a write is interpreted: the stored rows decide. */
    private void decide(List<Attempt> open) {
        if (open.isEmpty()) {
            return;
        }
        BucketObject any = open.getFirst().row.object();
        List<ObjectRow> existing = store.findByIdsOrKeys(
                any.scope(),
                any.bucket(),
                open.stream().map(one -> one.row.id()).toList(),
                open.stream()
                        .filter(Attempt::isContent)
                        .flatMap(one -> one.row.dedupeKeys().stream())
                        .distinct()
                        .toList(),
                open.stream()
                        .filter(Attempt::isContent)
                        .map(one -> one.row.uniqueKey())
                        .distinct()
                        .toList());
        open.forEach(one -> decide(one, existing));
    }

    private void decide(Attempt one, List<ObjectRow> existing) {
        Optional<ObjectRow> own =
                existing.stream().filter(row -> row.id().equals(one.row.id())).findFirst();
        if (own.isPresent()) {
            one.result = result(own.get(), null);
            return;
        }
        Optional<ObjectRow> sameKey = !one.isContent()
                ? Optional.empty()
                : existing.stream()
                        .filter(row ->
                                row.kind() == one.row.kind() && row.uniqueKey().equals(one.row.uniqueKey()))
                        .findFirst();
        if (sameKey.isPresent()) {
            markAs(one, one.draft.policy() == UniqueKeyPolicy.INSERT ? Kind.KEPT : Kind.INTO, sameKey.get());
        } else if (one.isContent() && decideByBytes(one, existing)) {
            // Decided by the row with the same bytes, or by what is claimed next.
        } else if (one.unwritable != null) {
            one.result = new WriteResult.Refused(one.unwritable);
        } else {
            miss(one);
        }
    }

    /** @return false when no row has the bytes */
    private boolean decideByBytes(Attempt one, List<ObjectRow> existing) {
        List<ObjectRow> same = existing.stream()
                .filter(row -> countsAsDuplicate(row, one.row.kind())
                        && !Collections.disjoint(row.dedupeKeys(), one.row.dedupeKeys()))
                .toList();
        List<Blob> blobs = one.row.object().blobs();
        Optional<ObjectRow> first = same.stream()
                .filter(row -> !ContentHashes.differ(row.object().blobs(), blobs))
                .min(Comparator.comparing((ObjectRow row) -> row.object().createdAt())
                        .thenComparing(row -> row.id().value()));
        if (first.isPresent() && one.draft.skipsDuplicates()) {
            if (!first.get().dedupeKeys().containsAll(one.row.dedupeKeys())) {
                // The next upload that declares only the hash of this draft is then a duplicate without a PUT.
                store.addDedupeKeys(first.get(), one.row.dedupeKeys());
            }
            markAs(one, Kind.DUPLICATE, first.get());
        } else if (first.isPresent()) {
            one.row = one.row.claiming(List.of(one.row.id().value()));
        } else if (!same.isEmpty()) {
            // Equal MD5s of different bytes: the strongest key is claimed alone.
            one.row = one.row.claiming(List.of(one.row.dedupeKeys().getLast()));
        }
        return !same.isEmpty();
    }

    /** Objects are duplicates of objects only; files also of objects whose bytes come from an upload. */
    private static boolean countsAsDuplicate(ObjectRow row, Kind kind) {
        return row.kind() == kind || (kind == Kind.FILE && row.kind() == Kind.OBJECT && uploadOf(row) != null);
    }

    /** An upload leaves a marker, which decides as any row does; other drafts have their result. */
    private void markAs(Attempt one, Kind marker, ObjectRow first) {
        ObjectRow.Existing existing = new ObjectRow.Existing(
                first.id(), uploadOf(first), first.object().version());
        one.row = one.row.toMarker(marker, existing, clock.instant());
        one.first = first;
        if (one.row.receipt() == null) {
            one.result = result(one.row, first);
        }
    }

    /** Its bytes may be removed as orphans, should it reference them that late. */
    private void refuseIfOld(Attempt one) {
        if (BlobKeys.areOld(one.row.keys(), clock.instant())) {
            refuse(one, "The object was not written, as this attempt took too long. Try again.");
        }
    }

    private static void miss(Attempt one) {
        one.misses += one.tried ? 1 : 0;
        if (one.misses >= MISSES) {
            refuse(one, "The object was not written, as others write the same just now. Try again.");
        }
    }

    private static void refuse(Attempt one, String why) {
        one.result = new WriteResult.Refused(
                one.unknown
                        ? new UnknownResultException(
                                "Whether object '%s' was written is not known. Try again.".formatted(one.row.id()),
                                null)
                        : WaybillException.tryAgain(why));
    }

    /** @param known the object that a marker refers to; null when it has to be read */
    private WriteResult result(ObjectRow row, @Nullable ObjectRow known) {
        UploadReceipt receipt = row.receipt();
        List<PublicEvent> events = ObjectEvents.of(row);
        return switch (row.kind()) {
            case OBJECT, FILE -> new WriteResult.Created(row.object(), receipt, events);
            case TOMBSTONE -> new WriteResult.Ended(java.util.Objects.requireNonNull(row.ending()), receipt, events);
            case DUPLICATE -> new WriteResult.Duplicate(existing(row, known), receipt, events);
            case KEPT -> new WriteResult.Kept(existing(row, known), receipt, events);
            case INTO -> updates.apply(row);
        };
    }

    private WriteResult.Existing existing(ObjectRow marker, @Nullable ObjectRow known) {
        ObjectRow.Existing to = java.util.Objects.requireNonNull(marker.existing());
        Optional<ObjectRow> first =
                known != null ? Optional.of(known) : store.row(marker.object().scope(), to.objectId());
        return new WriteResult.Existing(
                to.objectId(),
                first.filter(row -> !row.kind().isEnded())
                        .map(ObjectRow::object)
                        .orElse(null),
                to.uploadId());
    }

    /** The upload that the current bytes of the object come from; null when they come from none. */
    private static @Nullable String uploadOf(ObjectRow row) {
        UploadReceipt receipt = row.receipt();
        return receipt != null
                        && row.object().blobs().stream()
                                .anyMatch(blob -> java.util.Objects.equals(blob.etag(), receipt.etag()))
                ? receipt.uploadId()
                : null;
    }
}
