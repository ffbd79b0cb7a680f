package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.MultipartStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/** Creates, completes and aborts multipart uploads, whatever their parts are made of. */
final class S3Parts {

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;

    S3Parts(S3Client client, S3Calls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    /**
     * Creates one, and aborts it unless the work completes it.
     *
     * @param as what the object is besides its bytes
     * @param work is given the upload's id
     * @param isDone whether the work completed it
     */
    <T> T within(
            ObjectKey key,
            Consumer<CreateMultipartUploadRequest.Builder> as,
            Function<String, T> work,
            Predicate<T> isDone) {
        String id = calls.call(() -> client.createMultipartUpload(
                        r -> as.accept(r.bucket(bucket).key(key.value()).overrideConfiguration(calls.brief()))))
                .uploadId();
        boolean done = false;
        try {
            T result = work.apply(id);
            done = isDone.test(result);
            return result;
        } finally {
            if (!done) {
                abort(key, id);
            }
        }
    }

    /**
     * Makes an object of the parts; to be called within {@link S3Calls#write}.
     *
     * @throws StorageException UNKNOWN when there is no such upload: an attempt whose answer was lost may have
     *     completed it
     */
    CompleteMultipartUploadResponse complete(ObjectKey key, String id, List<CompletedPart> parts) {
        try {
            return client.completeMultipartUpload(r -> r.bucket(bucket)
                    .key(key.value())
                    .uploadId(id)
                    .multipartUpload(m -> m.parts(parts))
                    .overrideConfiguration(calls.lasting()));
        } catch (AwsServiceException e) {
            if ("NoSuchUpload".equals(S3Failures.code(e))) {
                throw new StorageException(StorageException.Kind.UNKNOWN, e);
            }
            throw e;
        }
    }

    /** How large each part is: at most 10 000 of them, whatever the length. */
    static long size(long wanted, long maxBytesAtOnce, long length) {
        return Math.max(Math.min(wanted, maxBytesAtOnce), Math.ceilDiv(length, MultipartStorage.MAX_PARTS));
    }

    private void abort(ObjectKey key, String id) {
        try {
            calls.remove(() -> client.abortMultipartUpload(
                    r -> r.bucket(bucket).key(key.value()).uploadId(id).overrideConfiguration(calls.brief())));
        } catch (StorageException e) {
            // Multipart uploads that nobody completes go by age.
        }
    }
}
