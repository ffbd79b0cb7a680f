package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** {@link MultipartStorage} on S3. */
final class S3MultipartStorage implements MultipartStorage {

    private static final int MAX_LISTED = 1000;

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;
    private final ObjectStorage objects;

    /** @param objects the same bucket, for the finished object's metadata */
    S3MultipartStorage(S3Client client, StorageProperties properties, ObjectStorage objects) {
        this.client = client;
        this.calls = new S3Calls(properties);
        this.bucket = properties.bucket();
        this.objects = objects;
    }

    @Override
    public String begin(ObjectKey key, String contentType) {
        return calls.write(() -> client.createMultipartUpload(r -> r.bucket(bucket)
                        .key(key.value())
                        .contentType(contentType)
                        .overrideConfiguration(calls.brief())))
                .uploadId();
    }

    @Override
    public Optional<List<Part>> listParts(ObjectKey key, String multipartId) {
        return calls.find(() -> {
            List<Part> found = new ArrayList<>();
            @Nullable Integer marker = null;
            while (true) {
                ListPartsResponse page = partsPage(key, multipartId, marker);
                page.parts().forEach(p -> found.add(new Part(p.partNumber(), p.size(), ETag.of(p.eTag(), false))));
                if (!Boolean.TRUE.equals(page.isTruncated()) || page.parts().isEmpty()) {
                    return List.copyOf(found);
                }
                marker = page.parts().getLast().partNumber();
            }
        });
    }

    private ListPartsResponse partsPage(ObjectKey key, String multipartId, @Nullable Integer after) {
        return client.listParts(r -> r.bucket(bucket)
                .key(key.value())
                .uploadId(multipartId)
                .partNumberMarker(after)
                .overrideConfiguration(calls.brief()));
    }

    @Override
    public Completion complete(ObjectKey key, String multipartId, List<Part> parts) {
        if (!ascends(parts)) {
            return new Completion.Refused(Completion.Reason.ORDER);
        }
        List<CompletedPart> completed = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag('"' + part.etag().value() + '"')
                        .build())
                .toList();
        Completion refused = calls.write(() -> {
            try {
                // S3 may take minutes to put thousands of parts together, and sends spaces meanwhile.
                client.completeMultipartUpload(r -> r.bucket(bucket)
                        .key(key.value())
                        .uploadId(multipartId)
                        .multipartUpload(m -> m.parts(completed))
                        .overrideConfiguration(calls.once()));
                return null;
            } catch (AwsServiceException e) {
                return refusal(e);
            }
        });
        if (refused != null) {
            return refused;
        }
        // Gone as well when somebody deleted the object within this moment.
        return objects.head(key).<Completion>map(Completion.Completed::new).orElseGet(Completion.Gone::new);
    }

    private static Completion refusal(AwsServiceException e) {
        String code = S3Failures.code(e);
        return switch (code == null ? "" : code) {
            case "NoSuchUpload" -> new Completion.Gone();
            case "InvalidPart" -> new Completion.Refused(Completion.Reason.UNKNOWN_PART);
            case "InvalidPartOrder" -> new Completion.Refused(Completion.Reason.ORDER);
            case "EntityTooSmall" -> new Completion.Refused(Completion.Reason.PART_TOO_SMALL);
            default -> throw e;
        };
    }

    private static boolean ascends(List<Part> parts) {
        int last = 0;
        for (Part part : parts) {
            if (part.number() <= last) {
                return false;
            }
            last = part.number();
        }
        return !parts.isEmpty();
    }

    @Override
    public void abort(ObjectKey key, String multipartId) {
        calls.remove(() -> client.abortMultipartUpload(
                r -> r.bucket(bucket).key(key.value()).uploadId(multipartId).overrideConfiguration(calls.brief())));
    }

    @Override
    public List<Unfinished> listUnfinished(Instant startedBefore, int max) {
        if (max < 1 || max > MAX_LISTED) {
            throw new IllegalArgumentException("a listing holds 1 to 1000 uploads, not " + max);
        }
        List<Unfinished> found = new ArrayList<>();
        @Nullable String key = null;
        @Nullable String id = null;
        while (true) {
            ListMultipartUploadsResponse page = unfinishedPage(key, id);
            for (MultipartUpload upload : page.uploads()) {
                if (found.size() < max && upload.initiated().isBefore(startedBefore)) {
                    unfinished(upload).ifPresent(found::add);
                }
            }
            if (found.size() >= max || page.uploads().isEmpty() || !Boolean.TRUE.equals(page.isTruncated())) {
                return List.copyOf(found);
            }
            key = page.nextKeyMarker();
            id = page.nextUploadIdMarker();
        }
    }

    private ListMultipartUploadsResponse unfinishedPage(@Nullable String afterKey, @Nullable String afterId) {
        return calls.call(() -> client.listMultipartUploads(r -> r.bucket(bucket)
                .keyMarker(afterKey)
                .uploadIdMarker(afterId)
                .maxUploads(MAX_LISTED)
                .overrideConfiguration(calls.brief())));
    }

    private static Optional<Unfinished> unfinished(MultipartUpload upload) {
        try {
            return Optional.of(new Unfinished(new ObjectKey(upload.key()), upload.uploadId(), upload.initiated()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a stranger's key
        }
    }

    @Override
    public String toString() {
        return "S3MultipartStorage{" + bucket + "}";
    }
}
