package dev.waybill.blobs;

import static java.util.Objects.requireNonNull;

import dev.waybill.auth.Caller;
import dev.waybill.blobs.BlobDraft.Content;
import dev.waybill.blobs.UploadedFiles.UploadedFile;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.fetch.FetchedFile;
import dev.waybill.platform.fetch.UrlFetcher;
import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.quotas.Quotas;
import dev.waybill.tasks.TaskStatus;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Ingestion of blobs: fetches URLs, detects formats, and puts the bytes into storage. */
@Component
public class BlobIngestion {

    private final Quotas quotas;
    private final UrlFetcher fetcher;
    private final UploadedFiles uploads;
    private final ObjectStorage storage;
    private final Promotion promotion;
    private final BatchedDeletes deletes;
    private final IdGenerator ids;
    private final FaultPoints faults;

    public BlobIngestion(
            Quotas quotas,
            UrlFetcher fetcher,
            UploadedFiles uploads,
            ObjectStorage storage,
            Promotion promotion,
            BatchedDeletes deletes,
            IdGenerator ids,
            FaultPoints faults) {
        this.quotas = quotas;
        this.fetcher = fetcher;
        this.uploads = uploads;
        this.storage = storage;
        this.promotion = promotion;
        this.deletes = deletes;
        this.ids = ids;
        this.faults = faults;
    }

    /**
     * The bucket that blobs are ingested into, and their limits.
     *
     * @param maxBytes the maximum size of each blob
     * @param more the bytes by which the organization's usage grows with the blobs ingested so far
     */
    public record Target(Bucket bucket, long maxBytes, long more) {

        Target with(long stored) {
            return new Target(bucket, maxBytes, more + stored);
        }
    }

    /**
     * Ingests all drafts, or none.
     *
     * @param present blobs that the object has already, which need not be fetched again
     * @throws WaybillException that names the blob that could not be ingested
     */
    public List<Blob> ingest(Target target, List<BlobDraft> drafts, List<Blob> present) {
        List<Blob> ingested = new ArrayList<>();
        Target filled = target;
        try {
            for (BlobDraft draft : drafts) {
                Optional<Blob> known = known(draft, present);
                Blob blob = known.isPresent() ? known.get() : ingest(filled, draft);
                ingested.add(blob);
                filled = filled.with(blob.sizeBytes() == null ? 0 : blob.sizeBytes());
                faults.reach("object.blob-stored");
            }
            return ingested;
        } catch (RuntimeException failed) {
            discard(ingested, present);
            throw failed;
        }
    }

    /**
     * The target of blobs, with the plan's maximum size.
     *
     * @param replaced blobs that they replace
     */
    public Target target(Caller caller, Bucket bucket, List<Blob> replaced) {
        long freed = replaced.stream()
                .map(Blob::sizeBytes)
                .flatMap(Stream::ofNullable)
                .mapToLong(Long::longValue)
                .sum();
        return new Target(bucket, caller.plan().maxFileBytes(), -freed);
    }

    /** Fails early when the quota is exceeded; the check that counts is made when the row is written. */
    private void requireRoom(Target target, long bytes) {
        quotas.refusal(target.bucket().scope().organization(), target.more() + bytes)
                .ifPresent(full -> {
                    throw full;
                });
    }

    /** Deletes the bytes of ingested blobs that were not written to an object, except those it has already. */
    public void discard(List<Blob> ingested, List<Blob> present) {
        deletes.add(Blob.keysOnlyIn(ingested, present));
    }

    private static Optional<Blob> known(BlobDraft draft, List<Blob> present) {
        if (!(draft.content() instanceof Content.Link link) || link.anew()) {
            return Optional.empty();
        }
        return present.stream()
                .filter(blob -> blob.key() != null
                        && link.url().equals(blob.url())
                        && blob.property().equals(draft.property()))
                .findFirst()
                .map(blob -> new BlobFacts(blob).blob(blob.id(), draft, blob.url()));
    }

    private Blob ingest(Target target, BlobDraft draft) {
        // A new id in every run: the bytes of a failed run may just be being deleted.
        String id = ids.nextOfThisRun("blob_");
        try {
            return switch (draft.content()) {
                case Content.Inline inline ->
                    BlobFacts.ofInline(draft, inline.value()).blob(id, draft, null);
                case Content.Reference reference ->
                    BlobFacts.ofInline(draft, null).blob(id, draft, reference.url());
                case Content.Uploaded uploaded ->
                    uploaded(target, draft, uploaded.uploadId()).blob(id, draft, null);
                case Content.Link link -> fetched(target, draft, link.url()).blob(id, draft, link.url());
                case Content.Bytes bytes -> sent(target, draft, bytes).blob(id, draft, null);
            };
        } catch (WaybillException refused) {
            Map<String, Object> details = new HashMap<>(refused.details());
            details.put("blob_index", draft.index());
            details.put("property", draft.property());
            throw new WaybillException(
                    refused.code(), "%s: %s".formatted(draft.label(), refused.getMessage()), details, refused);
        }
    }

    private BlobFacts uploaded(Target target, BlobDraft draft, String uploadId) {
        UploadedFile file = uploads.find(
                        target.bucket().scope(), target.bucket().id(), uploadId)
                .orElseThrow(() -> WaybillException.notFound("upload", uploadId));
        if (file.status() != TaskStatus.COMPLETED) {
            throw new WaybillException(
                    ErrorCode.UPLOAD_NOT_USABLE,
                    "Upload '%s' is %s; only a COMPLETED one can be used: confirm it first"
                            .formatted(uploadId, file.status()),
                    Map.of("upload_id", uploadId, "status", file.status().name()));
        }
        Object text = file.text();
        if (file.key() == null && text == null) {
            throw lost(uploadId);
        }
        String mediaType = file.mediaType() == null ? MediaTypes.UNKNOWN : file.mediaType();
        requireFit(draft.type(), mediaType);
        if (text != null) {
            return BlobFacts.ofInline(draft, text);
        }
        StoredObject from = storage.head(requireNonNull(file.key())).orElseThrow(() -> lost(uploadId));
        requireRoom(target, from.size());
        String namespace = target.bucket().scope().namespace().value();
        StoredObject copy = promotion
                .promote(
                        new Promotion.Wanted(from, namespace, mediaType, file.filename(), from.contentEncoding()),
                        same -> same.size() == from.size())
                .orElseThrow(() -> lost(uploadId));
        return new BlobFacts(
                copy.key(),
                null,
                file.filename(),
                from.size(),
                mediaType,
                file.etag() == null ? from.etag().value() : file.etag(),
                copy.etag().value(),
                file.sha256(),
                from.etag().kind() == ETag.Kind.MD5 ? from.etag().value() : null,
                file.charset());
    }

    private static WaybillException lost(String uploadId) {
        return new WaybillException(
                ErrorCode.UPLOAD_NOT_USABLE,
                "The bytes of upload '%s' are not there any more; upload the file again".formatted(uploadId),
                Map.of("upload_id", uploadId));
    }

    private BlobFacts fetched(Target target, BlobDraft draft, String url) {
        try (FetchedFile file = fetch(target, url)) {
            requireRoom(target, file.size());
            FileBytes bytes = FileBytes.of(file.head(MediaTypes.HEAD_BYTES), file.size(), file::read);
            DetectionResult result = require(new DetectionInput(
                    bytes, file.filename(), file.contentType(), draft.type().kind()));
            BlobFacts facts = new BlobFacts(
                    null,
                    null,
                    file.filename(),
                    file.size(),
                    result.mediaType(),
                    null,
                    null,
                    file.sha256(),
                    file.md5(),
                    result.evidence().charset());
            return store(target, facts, file.open());
        }
    }

    private FetchedFile fetch(Target target, String url) {
        requireRoom(target, 1);
        long quota = quotas.limit(target.bucket().scope().organization()).orElse(Long.MAX_VALUE);
        long limit = Math.min(target.maxBytes(), quota);
        try {
            return fetcher.fetch(url, limit);
        } catch (WaybillException refused) {
            if (refused.code() == ErrorCode.FILE_TOO_LARGE && limit < target.maxBytes()) {
                requireRoom(target, limit + 1);
            }
            throw refused;
        }
    }

    private BlobFacts sent(Target target, BlobDraft draft, Content.Bytes content) {
        byte[] bytes = content.bytes();
        if (bytes.length > target.maxBytes()) {
            throw new WaybillException(
                    ErrorCode.FILE_TOO_LARGE,
                    "The content has %d bytes; at most %d are allowed".formatted(bytes.length, target.maxBytes()),
                    Map.of("limit", target.maxBytes()));
        }
        requireRoom(target, bytes.length);
        boolean isText = content.isText() && draft.type() == FieldType.TEXT;
        return store(target, isText ? ofText(content) : detected(draft, content), new ByteArrayInputStream(bytes));
    }

    private static BlobFacts ofText(Content.Bytes content) {
        return BlobFacts.of(content.bytes(), null, content.filename(), "text/plain", StandardCharsets.UTF_8.name());
    }

    private static BlobFacts detected(BlobDraft draft, Content.Bytes content) {
        FileBytes bytes = FileBytes.of(content.bytes());
        DetectionResult result = require(new DetectionInput(
                bytes, content.filename(), content.mediaType(), draft.type().kind()));
        return BlobFacts.of(
                content.bytes(),
                null,
                content.filename(),
                result.mediaType(),
                result.evidence().charset());
    }

    private BlobFacts store(Target target, BlobFacts facts, InputStream bytes) {
        String filename = FileNames.safe(String.valueOf(facts.filename()));
        long size = requireNonNull(facts.size());
        String mediaType = requireNonNull(facts.mediaType());
        ObjectKey key = BlobKeys.fresh(ids, target.bucket().scope().namespace().value(), filename);
        StoredObject stored = storage.put(key, bytes, size, mediaType);
        return new BlobFacts(
                key,
                null,
                filename,
                size,
                mediaType,
                stored.etag().value(),
                null,
                facts.sha256(),
                facts.md5(),
                facts.charset());
    }

    /** @throws WaybillException 400 when the property does not take it */
    private static DetectionResult require(DetectionInput input) {
        DetectionResult result = Formats.answer(input);
        if (result instanceof DetectionResult.Misfit misfit) {
            throw new WaybillException(ErrorCode.INVALID_FILE_FORMAT, misfit.message(), misfit.details());
        }
        return result;
    }

    private static void requireFit(FieldType type, String mediaType) {
        if (!type.takes(mediaType)) {
            String expected = type.wire().toUpperCase(Locale.ROOT);
            FileKind kind = type.kind();
            String actual = MediaTypes.label(mediaType);
            throw new WaybillException(
                    ErrorCode.INVALID_FILE_FORMAT,
                    "Invalid file format: Expected %s, got %s".formatted(expected, actual),
                    Map.of(
                            "expected",
                            expected,
                            "actual",
                            actual,
                            "detected_type",
                            mediaType,
                            "reason",
                            "the file is %s, the property takes %s"
                                    .formatted(
                                            MediaTypes.phrase(mediaType), kind == null ? "no file" : kind.phrase())));
        }
    }
}
