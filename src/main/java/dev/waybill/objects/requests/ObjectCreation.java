package dev.waybill.objects.requests;

import static java.util.Objects.requireNonNull;

import dev.waybill.auth.Caller;
import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobDraft;
import dev.waybill.blobs.BlobIngestion;
import dev.waybill.blobs.ParallelCalls;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.buckets.SchemaCheck;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ContentHashes;
import dev.waybill.objects.ObjectEvents;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectWriter;
import dev.waybill.objects.Objects;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.WriteDraft;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.ids.IdSeries;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Use cases that create objects. Blobs are ingested in parallel, then all objects are written at once. A crash anywhere
 * leaves complete objects only, and orphans, which are garbage collected.
 */
@Component
class ObjectCreation {

    private static final Logger log = LoggerFactory.getLogger(ObjectCreation.class);

    private final Objects objects;
    private final DraftReader reader;
    private final BlobIngestion blobIngestion;
    private final ObjectWriter writer;
    private final ObjectEvents events;
    private final IdGenerator ids;
    private final InstantSource clock;
    private final ObjectProvider<FailureTranslator> translators;
    private final FaultPoints faults;
    private final int parallel;

    ObjectCreation(
            Objects objects,
            DraftReader reader,
            BlobIngestion blobIngestion,
            ObjectWriter writer,
            ObjectEvents events,
            IdGenerator ids,
            InstantSource clock,
            ObjectProvider<FailureTranslator> translators,
            FaultPoints faults,
            ObjectProperties properties) {
        this.objects = objects;
        this.reader = reader;
        this.blobIngestion = blobIngestion;
        this.writer = writer;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.translators = translators;
        this.faults = faults;
        this.parallel = properties.parallelCreates();
    }

    /** The outcome of one request. */
    sealed interface Result {

        /**
         * The object exists.
         *
         * @param fresh false when the request skips duplicates and this object existed before
         * @param created whether this request created it, rather than changed it
         */
        record Made(BucketObject object, boolean fresh, boolean created) implements Result {}

        /** No object was created or changed. */
        record Failed(WaybillException why) implements Result {}
    }

    /** A request whose blobs are ingested. */
    private record Ready(WriteDraft draft, List<Blob> blobs, List<Blob> present) {}

    /** The outcome before writing: one of the two. */
    private record Prepared(@Nullable Ready ready, @Nullable Result result) {}

    /**
     * Creates an object, or changes the one of the same unique key, according to the policy.
     *
     * @param requestedPolicy the policy of this request; null takes the bucket's
     */
    Result.Made create(Caller caller, Bucket bucket, CreateObjectRequest request, @Nullable String requestedPolicy) {
        Buckets.requireOpen(bucket);
        Prepared prepared = prepare(caller, bucket, request, requestedPolicy, List.of("body"));
        List<PublicEvent> newEvents = new ArrayList<>();
        Result result = write(List.of(prepared), newEvents).getFirst();
        publish(newEvents);
        return switch (result) {
            case Result.Made made -> made;
            case Result.Failed failed -> throw failed.why();
        };
    }

    /** Creates many objects; each succeeds or fails by itself. The results are in the order of the requests. */
    List<Result> createAll(Caller caller, Bucket bucket, List<@Nullable CreateObjectRequest> requests) {
        Buckets.requireOpen(bucket);
        List<Supplier<Prepared>> preparations = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            CreateObjectRequest entry = requests.get(i);
            CreateObjectRequest request = entry == null ? CreateObjectRequest.EMPTY : entry;
            List<Object> at = List.of("body", "objects", i);
            IdGenerator.Branch own = ids.branch();
            preparations.add(() -> {
                try (IdSeries.Opened unused = own.open()) {
                    return prepareSafely(caller, bucket, request, at);
                }
            });
        }
        List<Prepared> prepared = ParallelCalls.each(preparations, parallel, Supplier::get);
        List<PublicEvent> newEvents = new ArrayList<>();
        List<Result> results = write(prepared, newEvents);
        List<ObjectId> made = results.stream()
                .flatMap(result -> result instanceof Result.Made one && one.created()
                        ? Optional.of(one.object().id()).stream()
                        : Optional.<ObjectId>empty().stream())
                .toList();
        if (!made.isEmpty()) {
            newEvents.add(
                    ObjectEvents.createdTogether(bucket.scope(), bucket.id(), ids.next("req_"), made, clock.instant()));
        }
        publish(newEvents);
        return results;
    }

    private void publish(List<PublicEvent> newEvents) {
        events.publish(newEvents);
        faults.reach("object.told");
    }

    private Prepared prepare(
            Caller caller,
            Bucket bucket,
            CreateObjectRequest request,
            @Nullable String requestedPolicy,
            List<Object> at) {
        UniqueKeyPolicy policy = UniqueKeyPolicy.of(requestedPolicy, bucket);
        DraftReader.requireContent(request, at);
        ObjectDraft draft = reader.read(bucket, request, at);
        Optional<String> key = ContentHashes.uniqueKey(bucket, draft.metadata(), Violations.below(at, "metadata"));
        ObjectId id = new ObjectId(ids.next("obj_"));
        if (ids.isRepeating()) {
            Optional<BucketObject> mine = objects.find(bucket.scope(), id);
            if (mine.isPresent()) {
                // A former run of the request died after writing it. Others may have changed it since.
                return new Prepared(
                        null, new Result.Made(mine.get(), true, mine.get().version() == 1));
            }
        }
        Optional<BucketObject> first = key.flatMap(name -> objects.findByUniqueKey(bucket.scope(), bucket.id(), name));
        if (first.isPresent() && policy == UniqueKeyPolicy.INSERT) {
            throw UniqueKeyPolicy.taken(first.get());
        }
        WaybillException unwritable =
                policy == UniqueKeyPolicy.UPDATE ? WriteDraft.nothingToUpdate() : incomplete(bucket, draft, at);
        if (first.isEmpty() && unwritable != null) {
            throw unwritable;
        }
        List<Blob> present = first.map(BucketObject::blobs).orElse(List.of());
        List<Blob> replaced = present.stream()
                .filter(blob -> draft.blobs().stream()
                        .anyMatch(given -> given.property().equals(blob.property())))
                .toList();
        BlobIngestion.Target target = blobIngestion.target(caller, bucket, replaced);
        List<Blob> blobs = blobIngestion.ingest(target, draft.blobs(), present);
        BucketObject object = BucketObject.draft(
                id, bucket.scope(), bucket.id(), draft.keyPrefix(), blobs, draft.metadata(), clock.instant());
        WriteDraft whole = WriteDraft.object(object, key.orElse(null), policy, request.skipsDuplicates(), null);
        return new Prepared(
                new Ready(unwritable == null ? whole : whole.onlyChanging(unwritable), blobs, present), null);
    }

    /** @param newEvents receives the events to publish */
    private List<Result> write(List<Prepared> prepared, List<PublicEvent> newEvents) {
        List<WriteDraft> drafts = prepared.stream()
                .flatMap(one -> Optional.ofNullable(one.ready()).stream())
                .map(Ready::draft)
                .toList();
        List<WriteResult> written = drafts.isEmpty() ? List.of() : writer.write(drafts);
        faults.reach("object.written");
        written.stream().map(WriteResult::events).forEach(newEvents::addAll);
        Iterator<WriteResult> next = written.iterator();
        List<Result> all = new ArrayList<>();
        for (Prepared one : prepared) {
            Ready ready = one.ready();
            all.add(ready == null ? requireNonNull(one.result()) : result(ready, next.next()));
        }
        return all;
    }

    private Result result(Ready ready, WriteResult written) {
        if (!mayHaveBlobs(written)) {
            blobIngestion.discard(ready.blobs(), ready.present());
        }
        try {
            return switch (written) {
                case WriteResult.Created created -> new Result.Made(created.object(), true, true);
                case WriteResult.Changed changed -> existing(changed.existing(), true);
                case WriteResult.Duplicate duplicate -> existing(duplicate.existing(), false);
                case WriteResult.Kept kept ->
                    throw UniqueKeyPolicy.taken(existing(kept.existing(), false).object());
                case WriteResult.Ended ended -> throw gone();
                case WriteResult.Refused refused -> throw refused.why();
            };
        } catch (RuntimeException failed) {
            return new Result.Failed(translated(failed));
        }
    }

    /** Whether the draft's blobs were written to an object, or may have been. */
    private static boolean mayHaveBlobs(WriteResult written) {
        return switch (written) {
            case WriteResult.Created created -> true;
            case WriteResult.Changed changed -> changed.existing().object() != null;
            case WriteResult.Refused refused -> refused.isUnknown();
            case WriteResult.Duplicate duplicate -> false;
            case WriteResult.Kept kept -> false;
            case WriteResult.Ended ended -> false;
        };
    }

    private static Result.Made existing(WriteResult.Existing existing, boolean fresh) {
        BucketObject object = existing.object();
        if (object == null) {
            throw gone();
        }
        return new Result.Made(object, fresh, false);
    }

    private static WaybillException gone() {
        return new WaybillException(ErrorCode.CONFLICT, "The object was deleted at the same time. Create it again.");
    }

    private static @Nullable WaybillException incomplete(Bucket bucket, ObjectDraft draft, List<Object> at) {
        try {
            SchemaCheck.requireAll(
                    bucket.schema(),
                    draft.blobs().stream().map(BlobDraft::property).toList(),
                    draft.metadata(),
                    at);
            return null;
        } catch (WaybillException lacking) {
            return lacking;
        }
    }

    private Prepared prepareSafely(Caller caller, Bucket bucket, CreateObjectRequest request, List<Object> at) {
        try {
            return prepare(caller, bucket, request, null, at);
        } catch (RuntimeException failed) {
            return new Prepared(null, new Result.Failed(translated(failed)));
        }
    }

    private WaybillException translated(RuntimeException failed) {
        if (failed instanceof WaybillException refused) {
            return refused;
        }
        return translators
                .orderedStream()
                .map(translator -> translator.translate(failed))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> {
                    log.error("An object could not be created", failed);
                    return new WaybillException(
                            ErrorCode.INTERNAL, "An internal error kept this object from being made", Map.of());
                });
    }
}
