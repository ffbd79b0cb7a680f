package dev.waybill.uploads;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Grants;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.UploadOutcome;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.quotas.Quotas;
import dev.waybill.quotas.Reservation;
import dev.waybill.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for uploads: create, get, list and cancel. */
@Component
class Uploads {

    private final UploadStore store;
    private final DuplicateFinder duplicates;
    private final UploadFactory factory;
    private final UploadConfirmation confirmation;
    private final UploadUrls urls;
    private final Quotas quotas;

    Uploads(
            UploadStore store,
            DuplicateFinder duplicates,
            UploadFactory factory,
            UploadConfirmation confirmation,
            UploadUrls urls,
            Quotas quotas) {
        this.store = store;
        this.duplicates = duplicates;
        this.factory = factory;
        this.confirmation = confirmation;
        this.urls = urls;
        this.quotas = quotas;
    }

    /**
     * The result of a request for an upload.
     *
     * @param isNew false when the bucket has these bytes already, and the upload is the one that they came by; where
     *     they came by none, it is a new one, which is COMPLETED
     */
    private record Issued(UploadEntity upload, boolean isNew) {}

    UploadResponse create(Caller caller, Bucket bucket, CreateUploadRequest request) {
        Buckets.requireOpen(bucket);
        UploadEntity upload = factory.prepare(caller, bucket, request, List.of("body"));
        return response(issue(bucket, List.of(upload)).getFirst());
    }

    /** All of them, or none when one is refused. */
    BatchUploadResponse createAll(Caller caller, Bucket bucket, List<CreateUploadRequest> requests) {
        Buckets.requireOpen(bucket);
        List<UploadEntity> uploads = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            uploads.add(prepareOne(caller, bucket, requests.get(i), i));
        }
        List<UploadResponse> responses =
                issue(bucket, uploads).stream().map(this::response).toList();
        return new BatchUploadResponse(responses, responses.size());
    }

    private List<Issued> issue(Bucket bucket, List<UploadEntity> uploads) {
        Map<UploadId, UploadEntity> stored = stored(bucket, uploads);
        Map<UploadId, UploadEntity> firsts = duplicates.find(
                bucket,
                uploads.stream()
                        .filter(upload -> !stored.containsKey(upload.id()))
                        .toList());
        List<Issued> issued = uploads.stream()
                .map(upload -> stored.containsKey(upload.id())
                        ? new Issued(stored.getOrDefault(upload.id(), upload), true)
                        : issued(upload, firsts.getOrDefault(upload.id(), upload)))
                .toList();
        List<UploadEntity> fresh = issued.stream()
                .filter(Issued::isNew)
                .map(Issued::upload)
                .filter(upload -> !stored.containsKey(upload.id()))
                .toList();
        if (!fresh.isEmpty()) {
            insert(fresh);
        }
        return issued;
    }

    /** After an unknown write result the reservation stays, until it expires. */
    private void insert(List<UploadEntity> fresh) {
        UploadEntity first = fresh.getFirst();
        long bytes = fresh.stream().mapToLong(UploadEntity::reservedBytes).sum();
        Reservation reservation = quotas.reserve(
                        first.organizationId(), first.id().value(), bytes)
                .orRefuse();
        store.insertAll(fresh);
        quotas.settle(reservation, bytes);
    }

    private UploadResponse response(Issued issued) {
        return issued.isNew()
                ? UploadResponse.of(issued.upload(), issued.upload().isOpen() ? urls.put(issued.upload()) : null)
                : UploadResponse.ofDuplicate(issued.upload());
    }

    private static Issued issued(UploadEntity upload, UploadEntity returned) {
        return new Issued(returned, returned.id().equals(upload.id()));
    }

    /** Those of the uploads that are stored already, by an earlier attempt of this request that died. */
    private Map<UploadId, UploadEntity> stored(Bucket bucket, List<UploadEntity> uploads) {
        return factory.isRepeating()
                ? store
                        .findAll(
                                bucket.scope(),
                                uploads.stream().map(UploadEntity::id).toList())
                        .stream()
                        .collect(Collectors.toMap(UploadEntity::id, upload -> upload))
                : Map.of();
    }

    UploadEntity require(Bucket bucket, UploadId id) {
        return require(bucket.scope(), bucket.id(), id);
    }

    UploadEntity require(Scope scope, BucketId bucket, UploadId id) {
        return store.find(scope, id)
                .filter(upload -> upload.bucket().equals(bucket))
                .orElseThrow(() -> WaybillException.notFound("upload", id.value()));
    }

    /** @param signedFor what the caller may do by a URL; null for no URL */
    UploadResponse get(Bucket bucket, UploadId id, @Nullable Grants signedFor) {
        return show(require(bucket, id), signedFor);
    }

    /** @param signedFor what the caller may do by URLs; null for no URLs */
    ListUploadsResponse list(Bucket bucket, ListQuery query, @Nullable Grants signedFor) {
        Page<UploadEntity> page = store.list(bucket.scope(), bucket.id(), query);
        return new ListUploadsResponse(
                page.items().stream().map(upload -> show(upload, signedFor)).toList(),
                PaginationResponse.of(page),
                store.stats(bucket.scope(), bucket.id(), query));
    }

    private UploadResponse show(UploadEntity upload, @Nullable Grants signedFor) {
        return UploadResponse.of(upload, signedFor == null ? null : urls.current(upload, signedFor));
    }

    /**
     * Cancels it. Canceling twice, or one that failed already, is no error; a completed one stays.
     *
     * @param removeBytes whether its bytes are deleted too
     */
    void cancel(Bucket bucket, UploadId id, boolean removeBytes) {
        UploadEntity upload = require(bucket, id);
        UploadEntity current =
                upload.isOpen() ? confirmation.end(upload, UploadOutcome.Cause.CANCELED, "", !removeBytes) : upload;
        if (current.status() == TaskStatus.COMPLETED) {
            throw new WaybillException(
                    ErrorCode.UPLOAD_COMPLETED,
                    "Upload '%s' is COMPLETED and cannot be canceled; delete its object instead".formatted(id),
                    Map.of("upload_id", id.value(), "status", TaskStatus.COMPLETED.name()));
        }
    }

    private UploadEntity prepareOne(Caller caller, Bucket bucket, CreateUploadRequest request, int index) {
        try {
            return factory.prepare(caller, bucket, request, List.of("body", "uploads", index));
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
