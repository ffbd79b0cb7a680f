package dev.waybill.objects;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Changes and removes objects. A change is made from what was read, and only if nobody changed the object since; else it
 * is made again from what is there now.
 */
@Component
class ObjectChanges {

    private static final int MAX_ROUNDS = 50;
    private static final int EAGER_ROUNDS = 3;
    private static final int LONGEST_PAUSE_MILLIS = 20;
    private static final List<Object> BODY = List.of("body");

    private final Objects objects;
    private final ObjectStore store;
    private final Buckets buckets;
    private final DraftReader reader;
    private final Ingest ingest;
    private final ObjectClaims claims;
    private final LooseBytes loose;
    private final List<ObjectTraces> traces;
    private final ObjectNews news;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectChanges(
            Objects objects,
            ObjectStore store,
            Buckets buckets,
            DraftReader reader,
            Ingest ingest,
            ObjectClaims claims,
            LooseBytes loose,
            List<ObjectTraces> traces,
            ObjectNews news,
            InstantSource clock,
            FaultPoints faults) {
        this.objects = objects;
        this.store = store;
        this.buckets = buckets;
        this.reader = reader;
        this.ingest = ingest;
        this.claims = claims;
        this.loose = loose;
        this.traces = traces;
        this.news = news;
        this.clock = clock;
        this.faults = faults;
    }

    BucketObject require(Scope scope, BucketId bucket, String id) {
        return store.find(scope, new ObjectId(id))
                .filter(object -> object.bucket().equals(bucket))
                .orElseThrow(() -> WaybillException.notFound("object", id));
    }

    /** What is given takes the place of what is there. */
    BucketObject replace(Caller caller, Bucket bucket, String id, UpdateObjectRequest request) {
        Buckets.requireOpen(bucket);
        BucketObject current = require(bucket.scope(), bucket.id(), id);
        ObjectDraft draft = reader.read(
                bucket,
                new CreateObjectRequest(request.keyPrefix(), request.blobs(), request.metadata(), null, null, null),
                BODY);
        boolean newBlobs = request.blobs() != null;
        return withBlobs(caller, bucket, current, draft, BODY, taken -> object -> {
            Map<String, Object> values = request.metadata() != null
                    ? draft.metadata()
                    : merged(object.metadata(), newBlobs ? draft.metadata() : Map.of());
            return changed(object, prefix(object, request.keyPrefix()), newBlobs ? taken : object.blobs(), values);
        });
    }

    /** What is given is added: blobs in place of those of the same properties, metadata key by key. */
    BucketObject merge(Caller caller, Bucket bucket, BucketObject current, ObjectDraft draft, List<Object> at) {
        Set<String> given = draft.blobs().stream().map(BlobDraft::property).collect(Collectors.toSet());
        return withBlobs(
                caller,
                bucket,
                current,
                draft,
                at,
                taken -> object -> changed(
                        object,
                        prefix(object, draft.keyPrefix()),
                        replaced(object.blobs(), given, taken),
                        merged(object.metadata(), draft.metadata())));
    }

    /** The same with the blobs and the metadata of an object that is not written itself; its bytes are there. */
    BucketObject absorb(Bucket bucket, BucketObject current, BucketObject wanted, BooleanSupplier still) {
        Set<String> given = wanted.blobs().stream().map(Blob::property).collect(Collectors.toSet());
        List<ObjectKey> bytes = Ingest.keys(wanted.blobs());
        // What else the schema asks for may still come: one file cannot bring it.
        return change(bucket, current, BODY, after -> {}, object -> {
            if (Ingest.keys(object.blobs()).containsAll(bytes)) {
                return object;
            }
            if (!still.getAsBoolean()) {
                throw new WaybillException(
                        ErrorCode.CONFLICT, "The file was settled in another way at the same time; look again");
            }
            return changed(
                    object,
                    object.keyPrefix(),
                    replaced(object.blobs(), given, wanted.blobs()),
                    merged(object.metadata(), wanted.metadata()));
        });
    }

    BucketObject patch(Bucket bucket, String id, PatchObjectRequest request) {
        Buckets.requireOpen(bucket);
        DraftReader.requirePrefix(request.keyPrefix());
        BucketObject current = require(bucket.scope(), bucket.id(), id);
        return change(
                bucket,
                current,
                BODY,
                object -> changed(object, prefix(object, request.keyPrefix()), object.blobs(), object.metadata()));
    }

    /** Removes an object, what was made of it, and its bytes unless somebody else has them too. */
    void remove(Bucket bucket, String id) {
        BucketObject object = require(bucket.scope(), bucket.id(), id);
        List<ObjectKey> keys = Ingest.keys(object.blobs());
        loose.note(bucket.scope(), keys);
        faults.reach("delete.noted");
        removeTraces(bucket, object);
        faults.reach("delete.traces-removed");
        news.telling(
                new ObjectDeleted(bucket.scope(), bucket.id(), object.id(), object.keyPrefix(), clock.instant()),
                () -> objects.removeAll(bucket.scope(), bucket.id(), List.of(object.id())));
        faults.reach("delete.removed");
        removeTraces(bucket, object);
        claims.releaseAll(bucket, object.id());
        loose.removeUnowned(bucket.scope(), keys);
    }

    private void removeTraces(Bucket bucket, BucketObject object) {
        traces.forEach(trace -> trace.remove(bucket.scope(), bucket.id(), object.id()));
    }

    private BucketObject withBlobs(
            Caller caller,
            Bucket bucket,
            BucketObject current,
            ObjectDraft draft,
            List<Object> at,
            java.util.function.Function<List<Blob>, UnaryOperator<BucketObject>> change) {
        Ingest.Target target = ObjectMaker.target(buckets, caller, bucket, current.id(), draft.blobs());
        List<Blob> taken = ingest.takeIn(target, draft.blobs(), current.blobs());
        boolean done = false;
        try {
            BucketObject after = change(bucket, current, at, change.apply(taken));
            done = true;
            return after;
        } finally {
            if (!done) {
                ingest.discard(target, taken, current.blobs());
            }
        }
    }

    private BucketObject change(
            Bucket bucket, BucketObject current, List<Object> at, UnaryOperator<BucketObject> change) {
        return change(bucket, current, at, after -> requireValid(bucket, after, at), change);
    }

    /** @param change what it answers unchanged stays so */
    private BucketObject change(
            Bucket bucket,
            BucketObject current,
            List<Object> at,
            Consumer<BucketObject> check,
            UnaryOperator<BucketObject> change) {
        BucketObject before = current;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            BucketObject after = change.apply(before);
            if (after == before) {
                return before;
            }
            check.accept(after);
            if (written(bucket, before, after, at)) {
                return after;
            }
            if (round >= EAGER_ROUNDS) {
                stepAside();
            }
            before = require(bucket.scope(), bucket.id(), current.id().value());
        }
        throw new WaybillException(
                ErrorCode.CONFLICT,
                "Object '%s' is being changed by others all the time; try again".formatted(current.id()));
    }

    /** Many who change one object at once come through one by one when they do not all try at the same moment. */
    private static void stepAside() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS + 1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The service is stopping; try again");
        }
    }

    private boolean written(Bucket bucket, BucketObject before, BucketObject after, List<Object> at) {
        Optional<String> oldKey = keyIfAny(bucket, before);
        Optional<String> newKey = Fingerprints.uniqueKey(bucket, after.metadata(), below(at, "metadata"));
        boolean moves = newKey.isPresent() && !newKey.equals(oldKey);
        if (moves) {
            claims.claim(bucket, newKey.get(), after.id()).ifPresent(first -> {
                throw ObjectMaker.exists(first);
            });
        }
        List<ObjectKey> gone = without(before, after);
        loose.note(bucket.scope(), gone);
        faults.reach("object.change-noted");
        if (!news.telling(ObjectUpdated.of(after), () -> store.change(before, after))) {
            if (moves) {
                claims.release(bucket, newKey.get(), after.id());
            }
            return false;
        }
        faults.reach("object.changed");
        try {
            loose.keep(bucket.scope(), without(after, before));
        } catch (RuntimeException lost) {
            // Without its new bytes it is to have its old ones, which are still there.
            store.change(after, changed(after, before.keyPrefix(), before.blobs(), before.metadata()));
            throw lost;
        }
        if (moves) {
            oldKey.ifPresent(key -> claims.release(bucket, key, after.id()));
        }
        renewContent(bucket, before, after);
        loose.removeUnowned(bucket.scope(), gone);
        return true;
    }

    private void renewContent(Bucket bucket, BucketObject before, BucketObject after) {
        Optional<String> old = Fingerprints.content(before.blobs());
        Optional<String> now = Fingerprints.content(after.blobs());
        if (!old.equals(now)) {
            old.ifPresent(what -> claims.release(bucket, what, after.id()));
            now.ifPresent(what -> claims.offer(bucket, what, after.id()));
        }
    }

    private static void requireValid(Bucket bucket, BucketObject after, List<Object> at) {
        DraftReader.requireAll(
                bucket.schema(), after.blobs().stream().map(Blob::property).toList(), after.metadata(), at);
    }

    /** Objects that uploads made may lack values of the key. */
    private static Optional<String> keyIfAny(Bucket bucket, BucketObject object) {
        try {
            return Fingerprints.uniqueKey(bucket, object.metadata(), BODY);
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
        // It always grows, because the next change is told apart by it.
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
                updated);
    }

    private static @Nullable String prefix(BucketObject object, @Nullable String given) {
        return given == null ? object.keyPrefix() : DraftReader.blankToNull(given);
    }

    private static List<Blob> replaced(List<Blob> old, Set<String> properties, List<Blob> given) {
        List<Blob> blobs = new ArrayList<>(old.stream()
                .filter(blob -> !properties.contains(blob.property()))
                .toList());
        blobs.addAll(given);
        return blobs;
    }

    private static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> given) {
        Map<String, Object> merged = new LinkedHashMap<>(old);
        merged.putAll(given);
        return merged;
    }

    private static List<Object> below(List<Object> location, Object step) {
        List<Object> deeper = new ArrayList<>(location);
        deeper.add(step);
        return deeper;
    }
}
