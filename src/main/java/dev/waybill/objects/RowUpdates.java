package dev.waybill.objects;

import dev.waybill.blobs.BatchedDeletes;
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
 * Writes changes of objects. A change is made from what was read, and only if the object still has that version; else it
 * is made again from what is there now. Each leaves its token with the object, so that one whose answer was lost is found,
 * and none is made twice.
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
     * Makes a change again and again until it is made.
     *
     * @param attempt reads what is there and changes that; empty when somebody was faster
     * @throws WaybillException 409 when somebody always is
     */
    static <T> T untilMade(ObjectId id, Supplier<Optional<T>> attempt) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<T> made = attempt.get();
            if (made.isPresent()) {
                return made.get();
            }
            Contention.stepAside(round);
        }
        throw new WaybillException(
                ErrorCode.CONFLICT, "Object '%s' is being changed by others all the time; try again".formatted(id));
    }

    /**
     * Writes a change, tells of it, and lets the bytes go that it replaced.
     *
     * @param reservedBytes how many of the bytes that come to the object are held against the quota already
     * @return false when it must be made again, from what is there now
     */
    boolean written(Bucket bucket, ObjectRow before, BucketObject after, String token, long reservedBytes) {
        String own = after.id().value();
        Optional<String> newKey = ContentHashes.uniqueKey(bucket, after.metadata(), List.of("body", "metadata"));
        List<String> contents = bucket.uniqueKey() == null ? ContentHashes.keys(after.blobs()) : List.of();
        ObjectRow row =
                before.applying(token).changed(after, contents.isEmpty() ? List.of(own) : contents, newKey.orElse(own));
        if (!isMadeWithinQuota(before, row, reservedBytes)) {
            return false;
        }
        faults.reach("object.changed");
        ObjectEvents.latest(row).ifPresent(event -> events.publish(List.of(event)));
        faults.reach("object.told");
        deletes.add(Blob.keysOnlyIn(before.object().blobs(), after.blobs()));
        return true;
    }

    /** Of a change of which it is not known whether it was made, the bytes stay reserved until that counts as dead. */
    private boolean isMadeWithinQuota(ObjectRow before, ObjectRow after, long reservedBytes) {
        long more = ObjectEntity.sizeOf(after.object()) - ObjectEntity.sizeOf(before.object()) - reservedBytes;
        Reservation reservation =
                quotas.reserve(after.object().scope().organization(), more).orRefuse();
        boolean made;
        try {
            made = isMade(before, after);
        } catch (UnknownResultException unknown) {
            throw unknown;
        } catch (WaybillException refused) {
            quotas.settle(reservation, 0);
            throw refused;
        }
        quotas.settle(reservation, made ? more : 0);
        return made;
    }

    /**
     * Puts a row in the place of the one that was read. It is made for that version alone, so after a lost answer it is
     * made again: it comes to be once, and the second answer tells whether the first one did.
     *
     * @return false when the row is not what was read any more
     * @throws UnknownResultException when no answer came at all
     */
    boolean isMade(ObjectRow before, ObjectRow after) {
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
                    // While only the primary knows what it wrote, a majority still tells the version that was read.
                    if (now.isEmpty()
                            || now.get().object().version() != before.object().version()) {
                        return now.filter(found -> found.applied().contains(token))
                                .isPresent();
                    }
                }
                case DUPLICATE_KEY -> {
                    Optional<ObjectRow> first = holder(after);
                    if (first.isPresent() && !unknown) {
                        throw UniqueKeyPolicy.taken(first.get().object());
                    }
                    // Others have its bytes, which is nothing against it.
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

    /** Another one that has its unique key. */
    private Optional<ObjectRow> holder(ObjectRow row) {
        BucketObject object = row.object();
        return store.standing(object.scope(), object.bucket(), List.of(), List.of(), List.of(row.uniqueKey())).stream()
                .filter(other -> !other.id().equals(row.id()))
                .findFirst();
    }
}
