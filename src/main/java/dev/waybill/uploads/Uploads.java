package dev.waybill.uploads;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.Ending;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes uploads, looks them up and cancels them. */
@Component
class Uploads {

    private final UploadStore store;
    private final DuplicateFinder known;
    private final UploadFactory issuance;
    private final UploadConfirmation confirmation;

    Uploads(UploadStore store, DuplicateFinder known, UploadFactory issuance, UploadConfirmation confirmation) {
        this.store = store;
        this.known = known;
        this.issuance = issuance;
        this.confirmation = confirmation;
    }

    /**
     * What asking for an upload came to.
     *
     * @param isNew false when the bucket has these bytes already, and the upload is the one that brought them; where no
     *     upload did, it is a new one, which is COMPLETED
     */
    record Issued(Upload upload, boolean isNew) {}

    Issued create(Caller caller, Bucket bucket, CreateUploadRequest request) {
        Buckets.requireOpen(bucket);
        Upload upload = issuance.prepare(caller, bucket, request, List.of("body"));
        return issue(caller, bucket, List.of(request), List.of(upload)).getFirst();
    }

    /** All of them, or none when one is refused. */
    List<Issued> createAll(Caller caller, Bucket bucket, List<CreateUploadRequest> requests) {
        Buckets.requireOpen(bucket);
        List<Upload> uploads = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            uploads.add(prepareOne(caller, bucket, requests.get(i), i));
        }
        return issue(caller, bucket, requests, uploads);
    }

    private List<Issued> issue(Caller caller, Bucket bucket, List<CreateUploadRequest> requests, List<Upload> uploads) {
        Map<UploadId, Upload> kept = kept(bucket, uploads);
        if (kept.isEmpty()) {
            issuance.requireQuota(caller, requests);
        }
        Map<UploadId, Upload> firsts = known.find(
                bucket,
                uploads.stream()
                        .filter(upload -> !kept.containsKey(upload.id()))
                        .toList());
        List<Issued> issued = uploads.stream()
                .map(upload -> kept.containsKey(upload.id())
                        ? new Issued(kept.getOrDefault(upload.id(), upload), true)
                        : issued(upload, firsts.getOrDefault(upload.id(), upload)))
                .toList();
        List<Upload> fresh = issued.stream()
                .filter(Issued::isNew)
                .map(Issued::upload)
                .filter(upload -> !kept.containsKey(upload.id()))
                .toList();
        if (!fresh.isEmpty()) {
            store.insertAll(fresh);
        }
        return issued;
    }

    private static Issued issued(Upload upload, Upload answered) {
        return new Issued(answered, answered.id().equals(upload.id()));
    }

    /** Those of the uploads that are there already, because the request that asked for them died half-way. */
    private Map<UploadId, Upload> kept(Bucket bucket, List<Upload> uploads) {
        return issuance.isRepeating()
                ? store.findAll(bucket.scope(), uploads.stream().map(Upload::id).toList()).stream()
                        .collect(Collectors.toMap(Upload::id, upload -> upload))
                : Map.of();
    }

    Upload require(Bucket bucket, UploadId id) {
        return require(bucket.scope(), bucket.id(), id);
    }

    Upload require(Scope scope, BucketId bucket, UploadId id) {
        return store.find(scope, id)
                .filter(upload -> upload.bucket().equals(bucket))
                .orElseThrow(() -> WaybillException.notFound("upload", id.value()));
    }

    Page<Upload> list(Bucket bucket, ListQuery query) {
        return store.list(bucket.scope(), bucket.id(), query);
    }

    UploadListStats stats(Bucket bucket, ListQuery query) {
        return store.stats(bucket.scope(), bucket.id(), query);
    }

    /**
     * Cancels it. Canceling twice, or what failed already, is no failure; what is completed stays.
     *
     * @param removeBytes whether its bytes go too
     */
    void cancel(Bucket bucket, UploadId id, boolean removeBytes) {
        Upload upload = require(bucket, id);
        Upload current = upload.isOpen() ? confirmation.end(upload, Ending.Cause.CANCELED, "", !removeBytes) : upload;
        if (current.status() == TaskStatus.COMPLETED) {
            throw new WaybillException(
                    ErrorCode.UPLOAD_COMPLETED,
                    "Upload '%s' is COMPLETED and cannot be canceled; delete its object instead".formatted(id),
                    Map.of("upload_id", id.value(), "status", TaskStatus.COMPLETED.name()));
        }
    }

    private Upload prepareOne(Caller caller, Bucket bucket, CreateUploadRequest request, int index) {
        try {
            return issuance.prepare(caller, bucket, request, List.of("body", "uploads", index));
        } catch (InvalidRequest located) {
            throw located;
        } catch (WaybillException refused) {
            Map<String, Object> details = new HashMap<>(refused.details());
            details.put("index", index);
            throw new WaybillException(
                    refused.code(), "uploads[%d]: %s".formatted(index, refused.getMessage()), details, refused);
        }
    }
}
