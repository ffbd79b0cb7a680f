package dev.waybill.objects;

import static java.util.Objects.requireNonNull;

import dev.waybill.blobs.BatchedDeletes;
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

/** Changes objects and deletes them; {@link RowUpdates} writes both. */
@Component
public class ObjectUpdates {

    private static final List<Object> BODY = List.of("body");

    private final ObjectStore store;
    private final RowUpdates changes;
    private final Buckets buckets;
    private final BatchedDeletes deletes;
    private final List<DerivedDataCleanup> traces;
    private final ObjectEvents events;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectUpdates(
            ObjectStore store,
            RowUpdates changes,
            Buckets buckets,
            BatchedDeletes deletes,
            List<DerivedDataCleanup> traces,
            ObjectEvents events,
            InstantSource clock,
            FaultPoints faults) {
        this.store = store;
        this.changes = changes;
        this.buckets = buckets;
        this.deletes = deletes;
        this.traces = traces;
        this.events = events;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * Gives the object that a marker leads to the marker's blobs and metadata, unless it was given them before: blobs in
     * place of those of the same properties, metadata key by key. An object that is gone had them before it went.
     */
    WriteResult apply(ObjectRow marker) {
        BucketObject wanted = marker.object();
        try {
            Bucket bucket = buckets.require(wanted.scope(), wanted.bucket().value());
            ObjectRow.Existing to = requireNonNull(marker.existing());
            return RowUpdates.untilMade(to.objectId(), () -> applied(bucket, marker, to));
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
        BucketObject after = absorbed(bucket, before, marker.object());
        if (!uploaded) {
            requireValid(bucket, after);
        }
        // The marker's own bytes were reserved when it was written.
        long reserved = uploaded ? ObjectEntity.sizeOf(marker.object()) : 0;
        return changes.written(bucket, before, after, token, reserved)
                ? Optional.of(changed(marker, to, after))
                : Optional.empty();
    }

    /** See {@link ObjectWriter#revise}. */
    Optional<BucketObject> revise(Bucket bucket, ObjectId id, ObjectRevision revision, Runnable guard) {
        return RowUpdates.untilMade(id, () -> {
            ObjectRow before = store.row(bucket.scope(), id)
                    .filter(row ->
                            row.kind() == Kind.OBJECT && row.object().bucket().equals(bucket.id()))
                    .orElse(null);
            if (before == null) {
                return Optional.of(Optional.empty());
            }
            if (before.applied().contains(revision.token()) || revision.isMetBy(before.object())) {
                return Optional.of(Optional.of(before.object()));
            }
            guard.run();
            BucketObject wanted = BucketObject.draft(
                    id,
                    bucket.scope(),
                    bucket.id(),
                    null,
                    revision.blobs(),
                    revision.metadata(),
                    before.object().createdAt());
            BucketObject after = absorbed(bucket, before, wanted);
            return changes.written(bucket, before, after, revision.token(), 0)
                    ? Optional.of(Optional.of(after))
                    : Optional.empty();
        });
    }

    /** Written before anybody is told, as somebody else may see it otherwise. */
    private Optional<WriteResult> ended(ObjectRow marker, UploadOutcome uploadOutcome) {
        ObjectRow end = marker.buried(uploadOutcome, clock.instant());
        store.change(marker, uploadOutcome.keepsBytes() ? end.keepingBytes() : end);
        return store.row(marker.object().scope(), marker.id())
                .filter(written -> written.ending() != null)
                .map(written -> new WriteResult.Ended(
                        requireNonNull(written.ending()), marker.receipt(), ObjectEvents.of(written)));
    }

    /** The object that an upload's marker leads to is gone, and so its bytes go. A repeat makes up for what fails here. */
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

    /** Deletes an object, then what was made of it. What a deletion that died has left is for the {@link ObjectWalk}. */
    public void remove(Bucket bucket, ObjectId id, Consumer<BucketObject> condition) {
        String token = UUID.randomUUID().toString();
        ObjectRow gone = RowUpdates.untilMade(id, () -> buried(bucket, id, condition, token));
        faults.reach("delete.removed");
        traces.forEach(trace -> trace.remove(bucket.scope(), List.of(id)));
        faults.reach("delete.traces-removed");
        ObjectEvents.latest(gone).ifPresent(event -> events.publish(List.of(event)));
        faults.reach("delete.told");
        deletes.add(gone.garbage());
    }

    private Optional<ObjectRow> buried(Bucket bucket, ObjectId id, Consumer<BucketObject> condition, String token) {
        ObjectRow before = standing(bucket, id, condition);
        faults.reach("delete.begun");
        ObjectRow after = before.applying(token)
                .buried(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), clock.instant());
        return changes.isMade(before, after) ? Optional.of(after) : Optional.empty();
    }

    /**
     * An object that is to be changed.
     *
     * @param condition what the object must meet, or throws
     * @throws WaybillException 404 when there is none
     */
    public BucketObject require(Bucket bucket, ObjectId id, Consumer<BucketObject> condition) {
        return standing(bucket, id, condition).object();
    }

    private ObjectRow standing(Bucket bucket, ObjectId id, Consumer<BucketObject> condition) {
        ObjectRow row = store.row(bucket.scope(), id)
                .filter(found -> found.object().bucket().equals(bucket.id()) && found.kind() == Kind.OBJECT)
                .orElseThrow(() -> WaybillException.notFound("object", id.value()));
        condition.accept(row.object());
        return row;
    }

    /**
     * Changes an object, again and again until nobody was faster.
     *
     * @param condition what the object must meet each time, or throws
     * @throws UnknownResultException when it is not known whether it was changed
     */
    public BucketObject change(
            Bucket bucket, ObjectId id, Consumer<BucketObject> condition, UnaryOperator<BucketObject> change) {
        String token = UUID.randomUUID().toString();
        return RowUpdates.untilMade(id, () -> {
            ObjectRow before = standing(bucket, id, condition);
            BucketObject after = change.apply(before.object());
            requireValid(bucket, after);
            return changes.written(bucket, before, after, token, 0) ? Optional.of(after) : Optional.empty();
        });
    }

    /** One that was given another key since keeps that: it was changed after it was given these. */
    private BucketObject absorbed(Bucket bucket, ObjectRow before, BucketObject wanted) {
        Set<String> given = wanted.blobs().stream().map(Blob::property).collect(Collectors.toSet());
        Map<String, Object> values = new LinkedHashMap<>(wanted.metadata());
        if (bucket.uniqueKey() != null && !keyOf(bucket, wanted.metadata()).equals(Optional.of(before.uniqueKey()))) {
            bucket.uniqueKey().fields().forEach(field -> values.remove(field.split("\\.", -1)[0]));
        }
        List<Blob> blobs = new ArrayList<>(before.object().blobs().stream()
                .filter(blob -> !given.contains(blob.property()))
                .toList());
        blobs.addAll(wanted.blobs());
        return before.object().updated(wanted.keyPrefix(), blobs, values, clock.instant());
    }

    private static void requireValid(Bucket bucket, BucketObject after) {
        SchemaCheck.requireAll(
                bucket.schema(), after.blobs().stream().map(Blob::property).toList(), after.metadata(), BODY);
    }

    /** Objects that uploads made may lack values of the key. */
    private static Optional<String> keyOf(Bucket bucket, Map<String, Object> metadata) {
        try {
            return ContentHashes.uniqueKey(bucket, metadata, BODY);
        } catch (WaybillException lacking) {
            return Optional.empty();
        }
    }
}
