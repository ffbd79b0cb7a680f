package dev.waybill.objects;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.Contention;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.quotas.Quotas;
import dev.waybill.quotas.Reservation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Optimistic updates of rows. A change is computed from the row that was read, and written only if the row still has
 * that version; otherwise it is computed again from the current row. Each change stores its token with the row, so that
 * one with a lost answer is recognized, and none is applied twice.
 */
@Component
class RowUpdates {

    private static final int MAX_ROUNDS = 50;
    private static final int MAX_TRIES = 5;

    private final ObjectStore store;
    private final Quotas quotas;
    private final BatchedDeletes deletes;
    private final ObjectEvents events;
    private final InstantSource clock;
    private final FaultPoints faults;

    RowUpdates(
            ObjectStore store,
            Quotas quotas,
            BatchedDeletes deletes,
            ObjectEvents events,
            InstantSource clock,
            FaultPoints faults) {
        this.store = store;
        this.quotas = quotas;
        this.deletes = deletes;
        this.events = events;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * Repeats an attempt on conflicts, up to {@value #MAX_ROUNDS} times.
     *
     * @param attempt reads the row and changes it; empty on a conflict with another writer
     * @throws WaybillException 409 when every attempt has a conflict
     */
    static <T> T retryOnConflict(ObjectId id, Supplier<Optional<T>> attempt) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<T> updated = attempt.get();
            if (updated.isPresent()) {
                return updated.get();
            }
            Contention.backOff(round);
        }
        throw new WaybillException(
                ErrorCode.CONFLICT, "Object '%s' is being changed by others all the time; try again".formatted(id));
    }

    /**
     * Writes a change, publishes its event, and deletes the bytes that it replaced.
     *
     * @param reservedBytes how many of the added bytes are reserved in the quota already
     * @return false on a conflict, when it must be computed again from the current row
     */
    boolean write(Bucket bucket, ObjectRow before, BucketObject after, String token, long reservedBytes) {
        String own = after.id().value();
        Optional<String> newKey = ContentHashes.uniqueKey(bucket, after.metadata(), List.of("body", "metadata"));
        List<String> contents = bucket.uniqueKey() == null ? ContentHashes.keys(after.blobs()) : List.of();
        ObjectRow row =
                before.applying(token).changed(after, contents.isEmpty() ? List.of(own) : contents, newKey.orElse(own));
        if (!isUpdatedWithinQuota(before, row, reservedBytes)) {
            return false;
        }
        faults.reach("object.changed");
        ObjectEvents.latest(row).ifPresent(event -> events.publish(List.of(event)));
        faults.reach("object.told");
        deletes.add(Blob.keysOnlyIn(before.object().blobs(), after.blobs()));
        return true;
    }

    /** If it is unknown whether the change was written, the bytes stay reserved until the reservation expires. */
    private boolean isUpdatedWithinQuota(ObjectRow before, ObjectRow after, long reservedBytes) {
        long more = ObjectEntity.sizeOf(after.object()) - ObjectEntity.sizeOf(before.object()) - reservedBytes;
        Reservation reservation =
                quotas.reserve(after.object().scope().organization(), more).orRefuse();
        boolean updated;
        try {
            updated = updateIfUnchanged(before, after);
        } catch (UnknownResultException unknown) {
            throw unknown;
        } catch (WaybillException refused) {
            quotas.settle(reservation, 0);
            throw refused;
        }
        quotas.settle(reservation, updated ? more : 0);
        return updated;
    }

    /**
     * Conditional update of a row that was read. It applies to that version alone, so it is sent again after a lost
     * answer: it is written once, and the second answer shows whether the first one was.
     *
     * @return false when the row has changed since it was read
     * @throws UnknownResultException when all answers were lost
     */
    boolean updateIfUnchanged(ObjectRow before, ObjectRow after) {
        Scope scope = after.object().scope();
        String token = after.applied().getLast();
        ObjectRow row = after;
        boolean unknown = false;
        List<ObjectKey> fresh =
                Blob.keysOnlyIn(after.object().blobs(), before.object().blobs());
        for (int i = 0; i < MAX_TRIES; i++) {
            if (!unknown) {
                BlobKeys.requireYoung(fresh, clock.instant());
            } else if (BlobKeys.areOld(fresh, clock.instant())) {
                break;
            }
            switch (store.change(before, row)) {
                case DONE -> {
                    return true;
                }
                case UNKNOWN -> unknown = true;
                case UNMATCHED -> {
                    Optional<ObjectRow> now = unknown ? store.row(scope, after.id()) : Optional.empty();
                    // Until the write is replicated, a majority read still returns the version that was read.
                    if (now.isEmpty()
                            || now.get().object().version() != before.object().version()) {
                        return now.filter(found -> found.applied().contains(token))
                                .isPresent();
                    }
                }
                case DUPLICATE_KEY -> {
                    Optional<ObjectRow> first = findByUniqueKey(after);
                    if (first.isPresent() && !unknown) {
                        throw UniqueKeyPolicy.taken(first.get().object());
                    }
                    // Another row has its bytes, which is no conflict for an update.
                    row = after.claiming(List.of(after.id().value()));
                }
            }
        }
        if (unknown) {
            throw new UnknownResultException(
                    "Whether object '%s' was changed is not known. Get it before you try again.".formatted(after.id()),
                    null);
        }
        return false;
    }

    /** Another row with its unique key. */
    private Optional<ObjectRow> findByUniqueKey(ObjectRow row) {
        BucketObject object = row.object();
        return store
                .findByIdsOrKeys(object.scope(), object.bucket(), List.of(), List.of(), List.of(row.uniqueKey()))
                .stream()
                .filter(other -> !other.id().equals(row.id()))
                .findFirst();
    }
}
