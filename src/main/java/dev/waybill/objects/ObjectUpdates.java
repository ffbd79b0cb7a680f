package dev.waybill.objects;

import static java.util.Objects.requireNonNull;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.Blob;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.buckets.SchemaCheck;
import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases that update and delete objects; {@link RowUpdates} writes the rows. */
@Component
public class ObjectUpdates {

    private static final List<Object> BODY = List.of("body");

    private final ObjectStore store;
    private final RowUpdates changes;
    private final Buckets buckets;
    private final BatchedDeletes deletes;
    private final List<DerivedDataCleanup> cleanups;
    private final ObjectEvents events;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectUpdates(
            ObjectStore store,
            RowUpdates changes,
            Buckets buckets,
            BatchedDeletes deletes,
            List<DerivedDataCleanup> cleanups,
            ObjectEvents events,
            InstantSource clock,
            FaultPoints faults) {
        this.store = store;
        this.changes = changes;
        this.buckets = buckets;
        this.deletes = deletes;
        this.cleanups = cleanups;
        this.events = events;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * Applies a marker's blobs and metadata to the object that it refers to, once: blobs replace those of the same
     * properties, metadata is merged key by key. If the object is gone, they count as applied before its deletion.
     */
    WriteResult apply(ObjectRow marker) {
        BucketObject content = marker.object();
        try {
            Bucket bucket = buckets.require(content.scope(), content.bucket().value());
            ObjectRow.Existing to = requireNonNull(marker.existing());
            return RowUpdates.retryOnConflict(to.objectId(), () -> applied(bucket, marker, to));
        } catch (WaybillException refused) {
            return new WriteResult.Refused(refused);
        }
    }

    private Optional<WriteResult> applied(Bucket bucket, ObjectRow marker, ObjectRow.Existing to) {
        String token = marker.id().value();
        ObjectRow before = store.row(bucket.scope(), to.objectId())
                .filter(row -> row.kind() == Kind.OBJECT)
                .orElse(null);
        if (before == null || before.applied().contains(token)) {
            if (before == null) {
                discard(marker);
            }
            return Optional.of(changed(marker, to, before == null ? null : before.object()));
        }
        if (before.object().version() > to.version() + ObjectRow.REMEMBERED) {
            UploadOutcome overtaken = new UploadOutcome(
                    UploadOutcome.Cause.FAILED,
                    "Object '%s' was changed by others more than %d times meanwhile: whether the file was applied can't be told"
                            .formatted(to.objectId(), ObjectRow.REMEMBERED),
                    !Collections.disjoint(before.keys(), marker.keys()));
            return ended(marker, overtaken);
        }
        faults.reach("object.marked");
        boolean uploaded = marker.receipt() != null;
        BucketObject after = merge(bucket, before, marker.object());
        if (!uploaded) {
            requireValid(bucket, after);
        }
        // The marker's own bytes were reserved when it was written.
        long reserved = uploaded ? ObjectEntity.sizeOf(marker.object()) : 0;
        return changes.write(bucket, before, after, token, reserved)
                ? Optional.of(changed(marker, to, after))
                : Optional.empty();
    }

    /** See {@link ObjectWriter#revise}. */
    Optional<BucketObject> revise(Bucket bucket, ObjectId id, ObjectRevision revision, Runnable guard) {
        return RowUpdates.retryOnConflict(id, () -> {
            ObjectRow before = store.row(bucket.scope(), id)
                    .filter(row ->
                            row.kind() == Kind.OBJECT && row.object().bucket().equals(bucket.id()))
                    .orElse(null);
            if (before == null) {
                return Optional.of(Optional.empty());
            }
            if (before.applied().contains(revision.token()) || revision.isContainedIn(before.object())) {
                return Optional.of(Optional.of(before.object()));
            }
            guard.run();
            BucketObject content = BucketObject.draft(
                    id,
                    bucket.scope(),
                    bucket.id(),
                    null,
                    revision.blobs(),
                    revision.metadata(),
                    before.object().createdAt());
            BucketObject after = merge(bucket, before, content);
            return changes.write(bucket, before, after, revision.token(), 0)
                    ? Optional.of(Optional.of(after))
                    : Optional.empty();
        });
    }

    /** Written before it is returned, as another writer may decide otherwise. */
    private Optional<WriteResult> ended(ObjectRow marker, UploadOutcome uploadOutcome) {
        ObjectRow end = marker.toTombstone(uploadOutcome, clock.instant());
        store.change(marker, uploadOutcome.keepsBytes() ? end.keepingBytes() : end);
        return store.row(marker.object().scope(), marker.id())
                .filter(written -> written.ending() != null)
                .map(written -> new WriteResult.Ended(
                        requireNonNull(written.ending()), marker.receipt(), ObjectEvents.of(written)));
    }

    /** Removes the bytes of an upload's marker whose object is gone. A repeated call completes what fails here. */
    private void discard(ObjectRow marker) {
        if (marker.receipt() != null && !marker.keys().isEmpty()) {
            store.change(marker, marker.empty());
            deletes.add(marker.keys());
        }
    }

    private static WriteResult changed(ObjectRow marker, ObjectRow.Existing to, @Nullable BucketObject now) {
        return new WriteResult.Changed(
                new WriteResult.Existing(to.objectId(), now, null), marker.receipt(), ObjectEvents.of(marker));
    }

    /** Deletes an object, then the data derived from it. The {@link ObjectWalk} completes an interrupted deletion. */
    public void remove(Bucket bucket, ObjectId id, Consumer<BucketObject> condition) {
        String token = UUID.randomUUID().toString();
        ObjectRow gone = RowUpdates.retryOnConflict(id, () -> tombstone(bucket, id, condition, token));
        faults.reach("delete.removed");
        cleanups.forEach(cleanup -> cleanup.remove(bucket.scope(), List.of(id)));
        faults.reach("delete.traces-removed");
        ObjectEvents.latest(gone).ifPresent(event -> events.publish(List.of(event)));
        faults.reach("delete.told");
        deletes.add(gone.garbage());
    }

    private Optional<ObjectRow> tombstone(Bucket bucket, ObjectId id, Consumer<BucketObject> condition, String token) {
        ObjectRow before = row(bucket, id, condition);
        faults.reach("delete.begun");
        ObjectRow after = before.applying(token)
                .toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), clock.instant());
        return changes.updateIfUnchanged(before, after) ? Optional.of(after) : Optional.empty();
    }

    /**
     * An object to update.
     *
     * @param condition the precondition on the object; throws when it is not met
     * @throws WaybillException 404 when there is none
     */
    public BucketObject require(Bucket bucket, ObjectId id, Consumer<BucketObject> condition) {
        return row(bucket, id, condition).object();
    }

    private ObjectRow row(Bucket bucket, ObjectId id, Consumer<BucketObject> condition) {
        ObjectRow row = store.row(bucket.scope(), id)
                .filter(found -> found.object().bucket().equals(bucket.id()) && found.kind() == Kind.OBJECT)
                .orElseThrow(() -> WaybillException.notFound("object", id.value()));
        condition.accept(row.object());
        return row;
    }

    /**
     * Changes an object; retried when another writer changed it first.
     *
     * @param condition the precondition on the object, checked in each attempt; throws when it is not met
     * @throws UnknownResultException when it is not known whether it was changed
     */
    public BucketObject change(
            Bucket bucket, ObjectId id, Consumer<BucketObject> condition, UnaryOperator<BucketObject> change) {
        String token = UUID.randomUUID().toString();
        return RowUpdates.retryOnConflict(id, () -> {
            ObjectRow before = row(bucket, id, condition);
            BucketObject after = change.apply(before.object());
            requireValid(bucket, after);
            return changes.write(bucket, before, after, token, 0) ? Optional.of(after) : Optional.empty();
        });
    }

    /** If the unique key of the object differs by now, it is left unchanged: that change is the later one. */
    private BucketObject merge(Bucket bucket, ObjectRow before, BucketObject content) {
        Set<String> replaced = content.blobs().stream().map(Blob::property).collect(Collectors.toSet());
        Map<String, Object> values = new LinkedHashMap<>(content.metadata());
        if (bucket.uniqueKey() != null && !keyOf(bucket, content.metadata()).equals(Optional.of(before.uniqueKey()))) {
            bucket.uniqueKey().fields().forEach(field -> values.remove(field.split("\\.", -1)[0]));
        }
        List<Blob> blobs = new ArrayList<>(before.object().blobs().stream()
                .filter(blob -> !replaced.contains(blob.property()))
                .toList());
        blobs.addAll(content.blobs());
        return before.object().updated(content.keyPrefix(), blobs, values, clock.instant());
    }

    private static void requireValid(Bucket bucket, BucketObject after) {
        SchemaCheck.requireAll(
                bucket.schema(), after.blobs().stream().map(Blob::property).toList(), after.metadata(), BODY);
    }

    /** Objects from uploads may lack values of the key. */
    private static Optional<String> keyOf(Bucket bucket, Map<String, Object> metadata) {
        try {
            return ContentHashes.uniqueKey(bucket, metadata, BODY);
        } catch (WaybillException lacking) {
            return Optional.empty();
        }
    }
}
