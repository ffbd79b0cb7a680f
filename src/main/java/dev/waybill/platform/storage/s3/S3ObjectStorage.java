package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;

/** {@link ObjectStorage} on S3, or on a server that speaks S3. */
final class S3ObjectStorage implements ObjectStorage {

    private static final int MAX_LISTED = 1000;
    private static final int MAX_DELETED = 1000;

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;
    private final S3Puts puts;
    private final S3Copies copies;

    S3ObjectStorage(S3Client client, StorageProperties properties) {
        this(client, properties, MAX_PUT_BYTES);
    }

    /** @param maxBytesAtOnce larger objects are written and copied in parts; 5 MiB to 5 GiB */
    S3ObjectStorage(S3Client client, StorageProperties properties, long maxBytesAtOnce) {
        this.client = client;
        this.calls = new S3Calls(properties);
        this.bucket = properties.bucket();
        this.puts = new S3Puts(client, calls, bucket, maxBytesAtOnce);
        this.copies = new S3Copies(client, calls, bucket, maxBytesAtOnce);
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        return calls.find(() -> S3Facts.of(
                key,
                client.headObject(r -> r.bucket(bucket)
                        .key(key.value())
                        .checksumMode(ChecksumMode.ENABLED)
                        .overrideConfiguration(calls.brief()))));
    }

    @Override
    public Optional<ObjectHead> readHead(ObjectKey key, int bytes) {
        if (bytes < 1 || bytes > MAX_GLIMPSE_BYTES) {
            throw new IllegalArgumentException("a head shows 1 to 65536 bytes, not " + bytes);
        }
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .range("bytes=0-" + (bytes - 1))
                .overrideConfiguration(calls.brief())
                .build();
        ResponseTransformer<GetObjectResponse, ObjectHead> read = (response, body) -> {
            byte[] head = body.readNBytes(bytes);
            if (body.read() >= 0) { // a server that knows no ranges sends everything: the rest is not wanted
                body.abort();
            }
            return new ObjectHead(S3Facts.of(key, response), head);
        };
        return calls.find(() -> {
                    try {
                        return Optional.of(client.getObject(request, read));
                    } catch (AwsServiceException e) {
                        if (e.statusCode() == 416) { // an empty object has no first byte
                            return Optional.<ObjectHead>empty();
                        }
                        throw e;
                    }
                })
                .flatMap(found -> found.or(() -> head(key).map(object -> new ObjectHead(object, new byte[0]))));
    }

    @Override
    public Optional<byte[]> part(ObjectKey key, ETag etag, long from, int count) {
        if (from < 0 || count < 1 || count > MAX_GLIMPSE_BYTES) {
            throw new IllegalArgumentException(
                    "a part has 1 to 65536 bytes from 0 on, not %d from %d".formatted(count, from));
        }
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .ifMatch('"' + etag.value() + '"')
                .range("bytes=%d-%d".formatted(from, from + count - 1))
                .overrideConfiguration(calls.brief())
                .build();
        ResponseTransformer<GetObjectResponse, Optional<byte[]>> read = (response, body) -> {
            if (response.contentRange() == null) { // everything comes: where the part begins may be far
                body.abort();
                return Optional.empty();
            }
            return Optional.of(body.readNBytes(count));
        };
        return calls.find(() -> {
                    try {
                        return client.getObject(request, read);
                    } catch (AwsServiceException e) {
                        return switch (e.statusCode()) {
                            case 412 -> Optional.<byte[]>empty();
                            case 416 -> Optional.of(new byte[0]);
                            default -> throw e;
                        };
                    }
                })
                .flatMap(found -> found);
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, @Nullable ETag etag) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket).key(key.value()).overrideConfiguration(calls.brief());
        if (etag != null) {
            request.ifMatch('"' + etag.value() + '"');
        }
        return calls.find(() -> {
                    try {
                        return Optional.of(client.getObject(request.build(), ResponseTransformer.toInputStream()));
                    } catch (AwsServiceException e) {
                        if (etag != null && e.statusCode() == 412) {
                            return Optional.<ResponseInputStream<?>>empty();
                        }
                        throw e;
                    }
                })
                .flatMap(found -> found.map(StoredBytesStream::new));
    }

    @Override
    public StoredObject put(
            ObjectKey key, InputStream bytes, long length, String contentType, @Nullable String contentEncoding) {
        if (length < 0 || length > MAX_OBJECT_BYTES) {
            throw new IllegalArgumentException("an object has 0 bytes to 5 TiB, not " + length);
        }
        return puts.put(key, bytes, length, contentType, contentEncoding);
    }

    @Override
    public CopyResult copy(CopyTerms terms) {
        return copies.copy(terms);
    }

    @Override
    public void delete(ObjectKey key) {
        calls.remove(
                () -> client.deleteObject(r -> r.bucket(bucket).key(key.value()).overrideConfiguration(calls.brief())));
    }

    @Override
    public void deleteAll(Collection<ObjectKey> keys) {
        List<ObjectKey> all = List.copyOf(keys);
        @Nullable StorageException failure = null;
        for (int from = 0; from < all.size(); from += MAX_DELETED) {
            List<ObjectKey> batch = all.subList(from, Math.min(from + MAX_DELETED, all.size()));
            try {
                deleteBatch(batch);
            } catch (StorageException e) {
                failure = gather(failure, e);
                if (e.passes() && e.getCause() instanceof SdkException) {
                    break; // storage is away: the other batches would only wait for it too
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deleteBatch(List<ObjectKey> batch) {
        List<ObjectIdentifier> identifiers = batch.stream()
                .map(key -> ObjectIdentifier.builder().key(key.value()).build())
                .toList();
        List<S3Error> errors = calls.write(() -> client.deleteObjects(r -> r.bucket(bucket)
                        .delete(d -> d.objects(identifiers).quiet(true))
                        .overrideConfiguration(calls.patient())))
                .errors();
        @Nullable StorageException failure = null;
        for (S3Error error : errors) {
            if (!"NoSuchKey".equals(error.code())) {
                IllegalStateException cause = new IllegalStateException(error.code() + " for " + error.key());
                failure = gather(failure, new StorageException(S3Failures.kindOf(error.code()), cause));
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max) {
        if (max < 1 || max > MAX_LISTED) {
            throw new IllegalArgumentException("a listing holds 1 to 1000 objects, not " + max);
        }
        List<StoredObject> found = new ArrayList<>();
        @Nullable String last = after == null ? null : after.value();
        while (true) {
            ListObjectsV2Response page = page(prefix, last, max - found.size());
            for (S3Object listed : page.contents()) {
                S3Facts.of(listed).ifPresent(found::add);
                last = listed.key();
            }
            if (found.size() >= max || page.contents().isEmpty() || !Boolean.TRUE.equals(page.isTruncated())) {
                return List.copyOf(found);
            }
        }
    }

    private ListObjectsV2Response page(String prefix, @Nullable String after, int max) {
        return calls.call(() -> client.listObjectsV2(r ->
                r.bucket(bucket).prefix(prefix).startAfter(after).maxKeys(max).overrideConfiguration(calls.brief())));
    }

    @Override
    public Instant check() {
        return S3Facts.timeOf(
                calls.call(() -> client.headBucket(r -> r.bucket(bucket).overrideConfiguration(calls.brief()))));
    }

    private static StorageException gather(@Nullable StorageException first, StorageException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    @Override
    public String toString() {
        return "S3ObjectStorage{" + bucket + "}";
    }
}
