package dev.waybill.objects;

import static java.util.Objects.requireNonNull;

import dev.waybill.auth.Caller;
import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.blobs.Promotion;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.BlobDraft.Content;
import dev.waybill.objects.UploadedFiles.UploadedFile;
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

/** Takes blobs in: fetches, looks at the bytes, and puts them into storage. */
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
     * Where the blobs go.
     *
     * @param maxBytes how many bytes each may have
     * @param more how many bytes more than now the organization stores with what is taken in so far
     */
    public record Target(Bucket bucket, long maxBytes, long more) {

        Target with(long stored) {
            return new Target(bucket, maxBytes, more + stored);
        }
    }

    /**
     * Takes all of them in, or none.
     *
     * @param present blobs that the object has already, which need not be fetched again
     * @throws WaybillException that names the blob that could not be taken in
     */
    public List<Blob> takeIn(Target target, List<BlobDraft> drafts, List<Blob> present) {
        List<Blob> taken = new ArrayList<>();
        Target filled = target;
        try {
            for (BlobDraft draft : drafts) {
                Optional<Blob> known = known(draft, present);
                Blob blob = known.isPresent() ? known.get() : takeIn(filled, draft);
                taken.add(blob);
                filled = filled.with(blob.sizeBytes() == null ? 0 : blob.sizeBytes());
                faults.reach("object.blob-stored");
            }
            return taken;
        } catch (RuntimeException failed) {
            discard(taken, present);
            throw failed;
        }
    }

    /**
     * Where blobs go, and how large they may be.
     *
     * @param replaced blobs that they take the place of
     */
    public Target target(Caller caller, Bucket bucket, List<Blob> replaced) {
        long given = replaced.stream()
                .map(Blob::sizeBytes)
                .flatMap(Stream::ofNullable)
                .mapToLong(Long::longValue)
                .sum();
        return new Target(bucket, caller.plan().maxFileBytes(), -given);
    }

    /** What surely finds no room need not be moved; whether there is any is decided when the row is written. */
    private void requireRoom(Target target, long bytes) {
        quotas.refusal(target.bucket().scope().organization(), target.more() + bytes)
                .ifPresent(full -> {
                    throw full;
                });
    }

    /** Removes the bytes of blobs that no object came to have; those it has anyway stay. */
    public void discard(List<Blob> taken, List<Blob> present) {
        deletes.add(Blob.keysOnlyIn(taken, present));
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

    private Blob takeIn(Target target, BlobDraft draft) {
        // Another one in every run: the bytes of a run that failed may just be being removed.
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
                case Content.Bytes bytes -> given(target, draft, bytes).blob(id, draft, null);
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
            DetectionResult answer = require(new DetectionInput(
                    bytes, file.filename(), file.contentType(), draft.type().kind()));
            BlobFacts facts = new BlobFacts(
                    null,
                    null,
                    file.filename(),
                    file.size(),
                    answer.mediaType(),
                    null,
                    null,
                    file.sha256(),
                    file.md5(),
                    answer.evidence().charset());
            return store(target, facts, file.open());
        }
    }

    private FetchedFile fetch(Target target, String url) {
        requireRoom(target, 1);
        long quota = quotas.limit(target.bucket().scope().organization()).orElse(Long.MAX_VALUE);
        long most = Math.min(target.maxBytes(), quota);
        try {
            return fetcher.fetch(url, most);
        } catch (WaybillException refused) {
            if (refused.code() == ErrorCode.FILE_TOO_LARGE && most < target.maxBytes()) {
                requireRoom(target, most + 1);
            }
            throw refused;
        }
    }

    private BlobFacts given(Target target, BlobDraft draft, Content.Bytes content) {
        byte[] bytes = content.bytes();
        if (bytes.length > target.maxBytes()) {
            throw new WaybillException(
                    ErrorCode.FILE_TOO_LARGE,
                    "The content has %d bytes; at most %d are allowed".formatted(bytes.length, target.maxBytes()),
                    Map.of("limit", target.maxBytes()));
        }
        requireRoom(target, bytes.length);
        boolean isText = content.isText() && draft.type() == FieldType.TEXT;
        return store(target, isText ? ofText(content) : judged(draft, content), new ByteArrayInputStream(bytes));
    }

    private static BlobFacts ofText(Content.Bytes content) {
        return BlobFacts.of(content.bytes(), null, content.filename(), "text/plain", StandardCharsets.UTF_8.name());
    }

    private static BlobFacts judged(BlobDraft draft, Content.Bytes content) {
        FileBytes bytes = FileBytes.of(content.bytes());
        DetectionResult answer = require(new DetectionInput(
                bytes, content.filename(), content.mediaType(), draft.type().kind()));
        return BlobFacts.of(
                content.bytes(),
                null,
                content.filename(),
                answer.mediaType(),
                answer.evidence().charset());
    }

    private BlobFacts store(Target target, BlobFacts given, InputStream bytes) {
        String filename = FileNames.safe(String.valueOf(given.filename()));
        long size = requireNonNull(given.size());
        String mediaType = requireNonNull(given.mediaType());
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
                given.sha256(),
                given.md5(),
                given.charset());
    }

    /** @throws WaybillException 400 when the property does not take it */
    private static DetectionResult require(DetectionInput question) {
        DetectionResult answer = Formats.answer(question);
        if (answer instanceof DetectionResult.Misfit misfit) {
            throw new WaybillException(ErrorCode.INVALID_FILE_FORMAT, misfit.message(), misfit.details());
        }
        return answer;
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
