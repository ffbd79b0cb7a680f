package dev.waybill.objects;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ObjectRow.Kind;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Changes and deletes objects. A change is made from what was read, and only if the object still has that version; else
 * it is made again from what is there now. Each leaves its token with the object, so that one whose answer was lost is
 * found, and none is made twice.
 */
@Component
class ObjectUpdates {

    private static final int MAX_ROUNDS = 50;
    private static final int EAGER_ROUNDS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 20;
    private static final List<Object> BODY = List.of("body");

    private final ObjectStore store;
    private final Buckets buckets;
    private final DraftReader reader;
    private final Ingest ingest;
    private final LooseBytes loose;
    private final List<ObjectTraces> traces;
    private final ObjectNews news;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectUpdates(
            ObjectStore store,
            Buckets buckets,
            DraftReader reader,
            Ingest ingest,
            LooseBytes loose,
            List<ObjectTraces> traces,
            ObjectNews news,
            InstantSource clock,
            FaultPoints faults) {
        this.store = store;
        this.buckets = buckets;
        this.reader = reader;
        this.ingest = ingest;
        this.loose = loose;
        this.traces = traces;
        this.news = news;
        this.clock = clock;
        this.faults = faults;
    }

    /** What is given takes the place of what is there. */
    BucketObject replace(Caller caller, Bucket bucket, String id, UpdateObjectRequest request, IfMatch condition) {
        Buckets.requireOpen(bucket);
        BucketObject current = require(bucket, new ObjectId(id), condition).object();
        ObjectDraft draft = reader.read(
                bucket,
                new CreateObjectRequest(request.keyPrefix(), request.blobs(), request.metadata(), null, null, null),
                BODY);
        boolean newBlobs = request.blobs() != null;
        Ingest.Target target = ingest.target(caller, bucket, current.id(), draft.blobs());
        List<Blob> taken = ingest.takeIn(target, draft.blobs(), current.blobs());
        boolean done = false;
        try {
            BucketObject after = change(bucket, current.id(), condition, object -> {
                Map<String, Object> values = request.metadata() != null
                        ? draft.metadata()
                        : merged(object.metadata(), newBlobs ? draft.metadata() : Map.of());
                return changed(object, prefix(object, request.keyPrefix()), newBlobs ? taken : object.blobs(), values);
            });
            done = true;
            return after;
        } finally {
            if (!done) {
                ingest.discard(target, taken, current.blobs());
            }
        }
    }

    BucketObject patch(Bucket bucket, String id, PatchObjectRequest request, IfMatch condition) {
        Buckets.requireOpen(bucket);
        DraftReader.requirePrefix(request.keyPrefix());
        return change(
                bucket,
                new ObjectId(id),
                condition,
                object -> changed(object, prefix(object, request.keyPrefix()), object.blobs(), object.metadata()));
    }

    /**
     * Gives the object that a marker leads to the marker's blobs and metadata, unless it was given them before: blobs in
     * place of those of the same properties, metadata key by key. An object that is gone had them before it went.
     */
    WriteResult apply(ObjectRow marker) {
        ObjectRow.Existing to = java.util.Objects.requireNonNull(marker.existing());
        Scope scope = marker.object().scope();
        try {
            Bucket bucket = buckets.require(scope, marker.object().bucket().value());
            String token = marker.id().value();
            for (int round = 0; round < MAX_ROUNDS; round++) {
                ObjectRow before = store.row(scope, to.id())
                        .filter(row -> row.kind() == Kind.OBJECT)
                        .orElse(null);
                if (before == null || before.applied().contains(token)) {
                    BucketObject now = before == null ? null : before.object();
                    return new WriteResult.Changed(new WriteResult.Existing(to.id(), now, null), marker.receipt());
                }
                if (before.object().version() > to.version() + ObjectRow.REMEMBERED) {
                    return new WriteResult.Ended(
                            new Ending(
                                    Ending.Cause.FAILED,
                                    "Object '%s' was changed by others more than %d times meanwhile: whether the file was applied can't be told"
                                            .formatted(to.id(), ObjectRow.REMEMBERED),
                                    !Collections.disjoint(
                                            Ingest.keys(before.object().blobs()),
                                            Ingest.keys(marker.object().blobs()))),
                            marker.receipt());
                }
                BucketObject after = absorbed(bucket, before, marker.object());
                if (marker.receipt() == null) {
                    requireValid(bucket, after);
                }
                if (written(bucket, before, after, token, marker.receipt() == null)) {
                    continue;
                }
                stepAside(round);
            }
            return new WriteResult.Refused(busy(to.id()));
        } catch (WaybillException refused) {
            return new WriteResult.Refused(refused);
        }
    }

    /** Deletes an object, what was made of it, and its bytes unless somebody else has them too. */
    void remove(Bucket bucket, String id, IfMatch condition) {
        ObjectRow row = require(bucket, new ObjectId(id), condition);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            ObjectRow before = row;
            BucketObject object = before.object();
            List<ObjectKey> keys = Ingest.keys(object.blobs());
            loose.note(bucket.scope(), keys);
            faults.reach("delete.noted");
            removeTraces(object);
            faults.reach("delete.traces-removed");
            Instant now = clock.instant();
            ObjectRow after = before.buried(new Ending(Ending.Cause.DELETED, "", false), now);
            boolean deleted = news.telling(
                    ObjectEvent.deleted(object, now),
                    () -> store.change(before, after) == WriteOutcome.DONE || isDeleted(object));
            if (deleted) {
                faults.reach("delete.removed");
                removeTraces(object);
                loose.removeUnowned(bucket.scope(), keys);
                return;
            }
            stepAside(round);
            row = require(bucket, object.id(), condition);
        }
        throw busy(row.id());
    }

    private boolean isDeleted(BucketObject object) {
        return store.row(object.scope(), object.id())
                .map(ObjectRow::ending)
                .filter(ending -> ending.cause() == Ending.Cause.DELETED)
                .isPresent();
    }

    private void removeTraces(BucketObject object) {
        traces.forEach(trace -> trace.remove(object.scope(), object.bucket(), object.id()));
    }

    private ObjectRow require(Bucket bucket, ObjectId id, IfMatch condition) {
        ObjectRow row = store.row(bucket.scope(), id)
                .filter(found ->
                        found.kind() == Kind.OBJECT && found.object().bucket().equals(bucket.id()))
                .orElseThrow(() -> WaybillException.notFound("object", id.value()));
        condition.require(row.object());
        return row;
    }

    private BucketObject change(Bucket bucket, ObjectId id, IfMatch condition, UnaryOperator<BucketObject> change) {
        String token = UUID.randomUUID().toString();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            ObjectRow before = row(bucket, id, condition, token);
            if (before.applied().contains(token)) {
                return before.object();
            }
            BucketObject after = change.apply(before.object());
            requireValid(bucket, after);
            if (written(bucket, before, after, token, true)) {
                return after;
            }
            stepAside(round);
        }
        throw busy(id);
    }

    /** The object; its condition holds no more once the change was made. */
    private ObjectRow row(Bucket bucket, ObjectId id, IfMatch condition, String token) {
        ObjectRow row = require(bucket, id, IfMatch.ANY);
        if (!row.applied().contains(token)) {
            condition.require(row.object());
        }
        return row;
    }

    private static WaybillException busy(ObjectId id) {
        return new WaybillException(
                ErrorCode.CONFLICT, "Object '%s' is being changed by others all the time; try again".formatted(id));
    }

    /** Many who change one object at once come through one by one when they do not all try at the same moment. */
    private static void stepAside(int round) {
        if (round < EAGER_ROUNDS) {
            return;
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS + 1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is stopping; try again");
        }
    }

    /**
     * Writes a change.
     *
     * @param noted whether its new bytes were noted, to be kept now; those of an upload never were
     * @return false when it must be made again, from what is there now
     */
    private boolean written(Bucket bucket, ObjectRow before, BucketObject after, String token, boolean noted) {
        String own = after.id().value();
        Optional<String> newKey = ContentHashes.uniqueKey(bucket, after.metadata(), List.of("body", "metadata"));
        List<String> contents = bucket.uniqueKey() == null ? ContentHashes.keys(after.blobs()) : List.of();
        ObjectRow row = before.changed(after, contents.isEmpty() ? List.of(own) : contents, newKey.orElse(own), token);
        List<ObjectKey> gone = without(before.object(), after);
        loose.note(bucket.scope(), gone);
        faults.reach("object.change-noted");
        if (!news.telling(ObjectEvent.updated(after), () -> isMade(before, row, token))) {
            return false;
        }
        faults.reach("object.changed");
        try {
            loose.keep(bucket.scope(), noted ? without(after, before.object()) : List.of());
        } catch (RuntimeException lost) {
            // Without its new bytes it is to have its old ones, which are still there.
            BucketObject back = changed(
                    after,
                    before.object().keyPrefix(),
                    before.object().blobs(),
                    before.object().metadata());
            store.change(row, before.changed(back, before.dedupeKeys(), before.uniqueKey(), token + "/undone"));
            throw lost;
        }
        loose.removeUnowned(bucket.scope(), gone);
        return true;
    }

    private boolean isMade(ObjectRow before, ObjectRow after, String token) {
        return switch (store.change(before, after)) {
            case DONE -> true;
            case UNMATCHED -> false;
            case UNKNOWN ->
                store.row(after.object().scope(), after.id())
                        .filter(row -> row.applied().contains(token))
                        .isPresent();
            case DUPLICATE_KEY -> {
                BucketId bucket = after.object().bucket();
                store
                        .standing(after.object().scope(), bucket, List.of(), List.of(), List.of(after.uniqueKey()))
                        .stream()
                        .filter(row -> !row.id().equals(after.id()))
                        .findFirst()
                        .ifPresent(first -> {
                            throw exists(first.object());
                        });
                // Others have its bytes, which is nothing against it.
                ObjectRow unclaimed = after.claiming(List.of(after.id().value()));
                yield !unclaimed.dedupeKeys().equals(after.dedupeKeys()) && isMade(before, unclaimed, token);
            }
        };
    }

    static WaybillException exists(BucketObject first) {
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "Object '%s' has this unique key already; use policy=upsert to change it".formatted(first.id()),
                Map.of("resource", "object", "id", first.id().value()));
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
        return changed(
                before.object(),
                prefix(before.object(), wanted.keyPrefix()),
                blobs,
                merged(before.object().metadata(), values));
    }

    private static void requireValid(Bucket bucket, BucketObject after) {
        DraftReader.requireAll(
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

    /** The bytes that the first one has and the second one has not. */
    private static List<ObjectKey> without(BucketObject one, BucketObject other) {
        List<ObjectKey> others = Ingest.keys(other.blobs());
        return Ingest.keys(one.blobs()).stream()
                .filter(key -> !others.contains(key))
                .toList();
    }

    private BucketObject changed(
            BucketObject object, @Nullable String keyPrefix, List<Blob> blobs, Map<String, Object> metadata) {
        Instant now = clock.instant();
        // It always grows: those who are told of changes know them apart by it.
        Instant updated =
                now.isAfter(object.updatedAt()) ? now : object.updatedAt().plusMillis(1);
        return new BucketObject(
                object.id(),
                object.scope(),
                object.bucket(),
                keyPrefix,
                blobs,
                metadata,
                object.status(),
                object.error(),
                object.createdAt(),
                updated,
                object.version() + 1);
    }

    private static @Nullable String prefix(BucketObject object, @Nullable String given) {
        return given == null ? object.keyPrefix() : DraftReader.blankToNull(given);
    }

    private static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(old);
        merged.putAll(given);
        return merged;
    }
}
