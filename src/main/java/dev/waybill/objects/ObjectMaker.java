package dev.waybill.objects;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes objects of what callers give. The order is what keeps it safe: blobs first, each noted before its bytes are
 * written; then the claims, the object, and last the notes. A crash anywhere leaves either the whole object or bytes that
 * the sweep removes.
 */
@Component
class ObjectMaker {

    private final Objects objects;
    private final Buckets buckets;
    private final DraftReader reader;
    private final Ingest ingest;
    private final ObjectClaims claims;
    private final LooseBytes loose;
    private final ObjectChanges changes;
    private final ObjectNews news;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final FaultPoints faults;

    ObjectMaker(
            Objects objects,
            Buckets buckets,
            DraftReader reader,
            Ingest ingest,
            ObjectClaims claims,
            LooseBytes loose,
            ObjectChanges changes,
            ObjectNews news,
            IdGenerator ids,
            InstantSource clock,
            FaultPoints faults) {
        this.objects = objects;
        this.buckets = buckets;
        this.reader = reader;
        this.ingest = ingest;
        this.claims = claims;
        this.loose = loose;
        this.changes = changes;
        this.news = news;
        this.ids = ids;
        this.clock = clock;
        this.faults = faults;
    }

    /**
     * What a request led to.
     *
     * @param fresh false when the request asked for duplicates to be skipped and this object was there before
     */
    record Made(BucketObject object, boolean fresh) {}

    /**
     * Makes an object, or changes the one of the same unique key, as the policy says.
     *
     * @param asked the policy of this request; null takes the bucket's
     * @param at where the object stands in the request
     */
    Made create(Caller caller, Bucket bucket, CreateObjectRequest request, @Nullable String asked, List<Object> at) {
        Buckets.requireOpen(bucket);
        Policy policy = Policy.of(asked, bucket);
        ObjectDraft draft = reader.read(bucket, request, at);
        List<Object> metadataAt = new ArrayList<>(at);
        metadataAt.add("metadata");
        Optional<String> key = Fingerprints.uniqueKey(bucket, draft.metadata(), metadataAt);
        ObjectId id = new ObjectId(ids.next("obj_"));
        Optional<BucketObject> mine = made(bucket, id, key.orElse(null));
        if (mine.isPresent()) {
            return new Made(mine.get(), true);
        }
        Optional<BucketObject> first = key.flatMap(name -> claims.holder(bucket, name));
        if (first.isPresent() && policy == Policy.INSERT) {
            throw exists(first.get());
        }
        if (first.isPresent()) {
            return new Made(changes.merge(caller, bucket, first.get(), draft, at), true);
        }
        if (policy == Policy.UPDATE) {
            throw nothingToUpdate();
        }
        DraftReader.requireAll(
                bucket.schema(), draft.blobs().stream().map(BlobDraft::property).toList(), draft.metadata(), at);
        return make(caller, bucket, id, draft, new Terms(policy, key.orElse(null), request.skipsDuplicates(), at));
    }

    /** The object itself, when its request is run again that died after writing it. Others may have changed it since. */
    private Optional<BucketObject> made(Bucket bucket, ObjectId id, @Nullable String key) {
        Optional<BucketObject> mine = ids.isRepeating() ? objects.find(bucket.scope(), id) : Optional.empty();
        mine.filter(object -> object.updatedAt().equals(object.createdAt()))
                .ifPresent(object -> settle(bucket, object, key));
        return mine;
    }

    /** What holds for one object besides its content. */
    private record Terms(Policy policy, @Nullable String key, boolean skipsDuplicates, List<Object> at) {}

    private Made make(Caller caller, Bucket bucket, ObjectId id, ObjectDraft draft, Terms terms) {
        Ingest.Target target = target(buckets, caller, bucket, id, draft.blobs());
        List<Blob> blobs = ingest.takeIn(target, draft.blobs(), List.of());
        boolean made = false;
        try {
            Optional<String> content = Fingerprints.content(blobs);
            if (terms.skipsDuplicates() && content.isPresent()) {
                Optional<BucketObject> same = claims.claim(bucket, content.get(), id);
                if (same.isPresent()) {
                    return new Made(same.get(), false);
                }
            } else {
                content.ifPresent(what -> claims.offer(bucket, what, id));
            }
            Optional<BucketObject> first =
                    terms.key() == null ? Optional.empty() : claims.claim(bucket, terms.key(), id);
            if (first.isPresent()) {
                return new Made(lost(caller, bucket, draft, terms, first.get()), true);
            }
            faults.reach("object.claimed");
            BucketObject object = object(bucket, id, draft, blobs);
            boolean mine = news.telling(ObjectCreated.of(object), () -> {
                if (!objects.insert(object)) {
                    return false;
                }
                faults.reach("object.written");
                settle(bucket, object, terms.key());
                return true;
            });
            made = mine;
            return mine
                    ? new Made(object, true)
                    // Another run of the same request, thought dead, was faster: its object stands.
                    : new Made(objects.find(bucket.scope(), id).orElse(object), true);
        } finally {
            if (!made) {
                if (objects.find(bucket.scope(), id).isEmpty()) {
                    claims.releaseAll(bucket, id);
                }
                ingest.discard(target, blobs, List.of());
            }
        }
    }

    /** Somebody else made an object of this key meanwhile. */
    private BucketObject lost(Caller caller, Bucket bucket, ObjectDraft draft, Terms terms, BucketObject first) {
        if (terms.policy() == Policy.INSERT) {
            throw exists(first);
        }
        return changes.merge(caller, bucket, first, draft, terms.at());
    }

    /** The object is written; should its claim or its bytes have been lost before, it goes again. */
    private void settle(Bucket bucket, BucketObject object, @Nullable String key) {
        try {
            if (key != null && !claims.holds(bucket, key, object.id())) {
                throw new WaybillException(
                        ErrorCode.CONFLICT, "Another object of this unique key was made at the same time");
            }
            loose.keep(bucket.scope(), Ingest.keys(object.blobs()));
        } catch (RuntimeException lost) {
            loose.note(bucket.scope(), Ingest.keys(object.blobs()));
            objects.removeAll(bucket.scope(), bucket.id(), List.of(object.id()));
            throw lost;
        }
        faults.reach("object.settled");
    }

    private BucketObject object(Bucket bucket, ObjectId id, ObjectDraft draft, List<Blob> blobs) {
        Instant now = clock.instant();
        return new BucketObject(
                id,
                bucket.scope(),
                bucket.id(),
                draft.keyPrefix(),
                blobs,
                draft.metadata(),
                TaskStatus.DRAFT,
                null,
                now,
                now);
    }

    /**
     * Where the blobs of an object go, and how large they may be.
     *
     * @throws WaybillException 403 when the organization's storage is full
     */
    static Ingest.Target target(Buckets buckets, Caller caller, Bucket bucket, ObjectId id, List<BlobDraft> drafts) {
        long most = caller.plan().maxFileBytes();
        Long quota = caller.storageQuotaBytes();
        if (quota == null || drafts.stream().noneMatch(Ingest::isStored)) {
            return new Ingest.Target(bucket, id, most, Long.MAX_VALUE);
        }
        long stored = buckets.storedBytes(caller.organization());
        if (stored >= quota) {
            throw Ingest.full(
                    "The storage quota of %d bytes is used up: %d are stored".formatted(quota, stored), stored, quota);
        }
        return new Ingest.Target(bucket, id, most, quota - stored);
    }

    static WaybillException nothingToUpdate() {
        return new WaybillException(
                ErrorCode.NOT_FOUND,
                "No object of this bucket has this unique key; use policy=upsert to make it",
                Map.of("resource", "object", "id", "unique_key"));
    }

    static WaybillException exists(BucketObject first) {
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "Object '%s' has this unique key already; use policy=upsert to change it".formatted(first.id()),
                Map.of("resource", "object", "id", first.id().value()));
    }
}
