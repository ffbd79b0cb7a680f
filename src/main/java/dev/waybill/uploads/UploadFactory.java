package dev.waybill.uploads;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.auth.Caller;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.buckets.SchemaCheck;
import dev.waybill.objects.ContentHashes;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.json.FreeJson;
import dev.waybill.platform.storage.FileNames;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Validates requests for uploads and creates the uploads. Everything that can be refused is refused here, before a URL
 * is signed: a presigned URL cannot be revoked.
 */
@Component
class UploadFactory {

    /** What one PUT may hold (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
    private static final long MAX_SINGLE_PUT = 5L << 30;

    private static final int MAX_METADATA_KEYS = 500;

    private final IdGenerator ids;
    private final InstantSource clock;

    UploadFactory(IdGenerator ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether uploads that are prepared now may be stored already: their request is a retry. */
    boolean isRepeating() {
        return ids.isRepeating();
    }

    /**
     * The upload, not yet stored.
     *
     * @param location path of the request in the body: {@code ["body"]} or {@code ["body", "uploads", 3]}
     */
    UploadEntity prepare(Caller caller, Bucket bucket, CreateUploadRequest request, List<Object> location) {
        check(bucket, request, location);
        String contentType = MediaTypes.signable(request.contentType());
        requireSize(caller, request);
        requireTakerOfEmptyFile(bucket, request, contentType, location);
        Optional<PropertyChoice> choice = choose(bucket, request, contentType);
        choice.ifPresent(property -> requireBytes(property, request, contentType, location));
        Map<String, Object> objectMetadata = orEmpty(request.objectMetadata());
        Optional<String> uniqueKey = request.createsObject()
                ? ContentHashes.uniqueKey(bucket, objectMetadata, below(location, "object_metadata"))
                : Optional.empty();
        UploadId id = new UploadId(ids.next(UploadId.PREFIX));
        Instant now = clock.instant();
        UploadEntity.File file = new UploadEntity.File(
                request.filename(),
                contentType,
                request.fileSizeBytes(),
                caller.plan().maxFileBytes(),
                request.fileHash(),
                request.isSealed(),
                request.expirationSeconds(),
                key(bucket, id, request.filename()),
                reserved(caller, request));
        return new UploadEntity(
                bucket.scope().key(id.value()),
                bucket.scope().organization(),
                bucket.scope().namespace(),
                bucket.id(),
                id,
                file,
                new UploadEntity.Target(
                        request.createsObject(),
                        choice.map(PropertyChoice::name).orElse(null),
                        choice.map(PropertyChoice::type).orElse(null),
                        request.blobProperty() == null && request.blobType() == null,
                        objectMetadata,
                        uniqueKey.orElse(null),
                        request.skipsDuplicates() && bucket.uniqueKey() == null,
                        request.confirmsItself(),
                        request.submitsBatch()),
                orEmpty(request.metadata()),
                TaskStatus.PENDING,
                UploadEntity.Outcome.without(file, null, null, null),
                now,
                now.plusSeconds(request.expirationSeconds()));
    }

    private static Optional<PropertyChoice> choose(Bucket bucket, CreateUploadRequest request, String contentType) {
        boolean isEmpty = Long.valueOf(0).equals(request.fileSizeBytes());
        return request.createsObject()
                ? Optional.of(PropertyChoice.choose(
                        bucket, request.blobProperty(), request.blobType(), request.filename(), contentType, isEmpty))
                : PropertyChoice.chooseIfAny(
                        bucket, request.blobProperty(), request.blobType(), request.filename(), contentType, isEmpty);
    }

    private static void check(Bucket bucket, CreateUploadRequest request, List<Object> location) {
        List<Violation> violations = new ArrayList<>();
        checkFilename(request.filename(), below(location, "filename"), violations);
        checkMetadata(request.metadata(), below(location, "metadata"), violations);
        checkMetadata(request.objectMetadata(), below(location, "object_metadata"), violations);
        if (request.objectMetadata() != null) {
            violations.addAll(SchemaCheck.violations(
                    bucket.schema(), request.objectMetadata(), below(location, "object_metadata")));
        }
        if (!violations.isEmpty()) {
            throw new InvalidRequest(violations);
        }
    }

    private static void checkFilename(String filename, List<Object> at, List<Violation> violations) {
        FileNames.problems(filename)
                .forEach(problem -> violations.add(new Violation(at, problem.message(), problem.type())));
    }

    private static void checkMetadata(
            @Nullable Map<String, @Nullable Object> metadata, List<Object> at, List<Violation> violations) {
        if (metadata == null) {
            return;
        }
        if (metadata.size() > MAX_METADATA_KEYS) {
            violations.add(new Violation(at, "must have at most %d keys".formatted(MAX_METADATA_KEYS), "too_long"));
        }
        FreeJson.metadataViolation(at, metadata).ifPresent(violations::add);
    }

    /** Refuses an empty file where the property is left open and none takes it. */
    private static void requireTakerOfEmptyFile(
            Bucket bucket, CreateUploadRequest request, String contentType, List<Object> location) {
        boolean isLeftOpen = request.createsObject() && request.blobProperty() == null;
        if (!isLeftOpen || !Long.valueOf(0).equals(request.fileSizeBytes())) {
            return;
        }
        List<FileKind> kinds = bucket.schema().properties().values().stream()
                .map(field -> field.type().kind())
                .flatMap(Stream::ofNullable)
                .toList();
        List<String> expected = Formats.expected(contentType, request.filename());
        if (!kinds.isEmpty() && kinds.stream().noneMatch(kind -> takesEmptyFile(kind, expected))) {
            throw emptyFileRefused("no property of the bucket's schema takes an empty file", location);
        }
    }

    private static boolean takesEmptyFile(FileKind kind, List<String> expected) {
        return kind.takesEmpty(null) || expected.stream().anyMatch(kind::takesEmpty);
    }

    private static InvalidRequest emptyFileRefused(String why, List<Object> location) {
        return new InvalidRequest(List.of(
                new Violation(below(location, "file_size_bytes"), "must be at least 1: " + why, "greater_than_equal")));
    }

    private static void requireBytes(
            PropertyChoice property, CreateUploadRequest request, String contentType, List<Object> location) {
        FileKind kind = property.type().kind();
        Long size = request.fileSizeBytes();
        if (kind == null || size == null || size > 0) {
            return;
        }
        List<String> expected = Formats.expected(contentType, request.filename());
        if (!takesEmptyFile(kind, expected)) {
            throw emptyFileRefused(
                    "'%s' takes %s, and an empty file is none".formatted(property.name(), kind.phrase()), location);
        }
    }

    private static void requireSize(Caller caller, CreateUploadRequest request) {
        Long size = request.fileSizeBytes();
        if (size == null) {
            return;
        }
        long limit = caller.plan().maxFileBytes();
        if (size > limit) {
            throw new WaybillException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "file_size_bytes is %d; the plan '%s' allows files of up to %d bytes"
                            .formatted(size, caller.plan().wire(), limit),
                    Map.of("resource", "file_size_bytes", "current", size, "limit", limit));
        }
        if (size > MAX_SINGLE_PUT) {
            throw new WaybillException(
                    ErrorCode.FILE_TOO_LARGE,
                    "file_size_bytes is %d; a single PUT holds at most %d bytes".formatted(size, MAX_SINGLE_PUT),
                    Map.of("field", "file_size_bytes", "limit", MAX_SINGLE_PUT));
        }
    }

    private static @Nullable Long reserved(Caller caller, CreateUploadRequest request) {
        Long announced = request.fileSizeBytes() == null ? Long.valueOf(0) : request.fileSizeBytes();
        return caller.storageQuotaBytes() == null ? null : announced;
    }

    private static ObjectKey key(Bucket bucket, UploadId id, String filename) {
        return BlobKeys.staged(id.value(), bucket.scope().namespace().value(), filename);
    }

    @SuppressWarnings("NullAway") // values may be JSON's null, which is stored and returned
    private static Map<String, Object> orEmpty(@Nullable Map<String, @Nullable Object> map) {
        return map == null ? Map.of() : new LinkedHashMap<>(map);
    }
}
