package dev.waybill.objects.requests;

import dev.waybill.auth.Caller;
import dev.waybill.blobs.Blob;
import dev.waybill.blobs.BlobIngestion;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectUpdates;
import dev.waybill.objects.UnknownResultException;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.Change;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Use cases that update an object by a request; its new blobs are ingested before the object is changed. */
@Component
class ObjectEditing {

    private static final List<Object> BODY = List.of("body");

    private final ObjectUpdates updates;
    private final DraftReader reader;
    private final BlobIngestion blobIngestion;
    private final InstantSource clock;

    ObjectEditing(ObjectUpdates updates, DraftReader reader, BlobIngestion blobIngestion, InstantSource clock) {
        this.updates = updates;
        this.reader = reader;
        this.blobIngestion = blobIngestion;
        this.clock = clock;
    }

    /** Replaces all blobs; metadata is merged, key by key. */
    BucketObject replace(Caller caller, Bucket bucket, String id, UpdateObjectRequest request, IfMatch condition) {
        CreateObjectRequest content = CreateObjectRequest.of(request.keyPrefix(), request.blobs(), request.metadata());
        return update(caller, bucket, new ObjectId(id), content, condition, present -> List.of());
    }

    /** Replaces the blobs of the same properties; metadata is merged, key by key. */
    BucketObject patch(Caller caller, Bucket bucket, String id, PatchObjectRequest request, IfMatch condition) {
        String prefix = Change.orNone(request.keyPrefix()).orEmpty("");
        CreateObjectRequest content = CreateObjectRequest.of(prefix, request.blobs(), request.metadata());
        Set<String> properties = request.blobs() == null
                ? Set.of()
                : request.blobs().stream()
                        .flatMap(Stream::ofNullable)
                        .map(CreateBlobRequest::property)
                        .flatMap(Stream::ofNullable)
                        .collect(Collectors.toSet());
        return update(
                caller,
                bucket,
                new ObjectId(id),
                content,
                condition,
                present -> present.stream()
                        .filter(blob -> !properties.contains(blob.property()))
                        .toList());
    }

    /** @param kept which of the existing blobs stay beside new ones */
    private BucketObject update(
            Caller caller,
            Bucket bucket,
            ObjectId id,
            CreateObjectRequest request,
            IfMatch condition,
            UnaryOperator<List<Blob>> kept) {
        Buckets.requireOpen(bucket);
        BucketObject current = updates.require(bucket, id, condition::require);
        ObjectDraft draft = reader.read(bucket, request, BODY);
        boolean newBlobs = request.blobs() != null;
        List<Blob> replaced = new ArrayList<>(newBlobs ? current.blobs() : List.of());
        replaced.removeAll(kept.apply(current.blobs()));
        BlobIngestion.Target target = blobIngestion.target(caller, bucket, replaced);
        List<Blob> ingested = blobIngestion.ingest(target, draft.blobs(), current.blobs());
        try {
            return updates.change(bucket, current.id(), condition::require, object -> {
                List<Blob> blobs = new ArrayList<>(newBlobs ? kept.apply(object.blobs()) : object.blobs());
                blobs.addAll(ingested);
                return object.updated(request.keyPrefix(), blobs, draft.metadata(), clock.instant());
            });
        } catch (UnknownResultException unknown) {
            throw unknown;
        } catch (WaybillException refused) {
            blobIngestion.discard(ingested, current.blobs());
            throw refused;
        }
    }
}
