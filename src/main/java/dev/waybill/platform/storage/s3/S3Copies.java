package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Server-side copies within the bucket: the bytes do not pass through here. S3 copies at once up to a size, and beyond
 * it in parts, each of them pinned.
 */
final class S3Copies {

    /** Small enough that a part takes seconds, large enough that most objects need few. */
    private static final long PART_BYTES = 512L << 20;

    private static final int PARTS_AT_ONCE = 8;

    private final S3Client client;
    private final S3Calls calls;
    private final S3Parts multipart;
    private final String bucket;
    private final long maxBytesAtOnce;

    /** @param maxBytesAtOnce larger objects are copied in parts; 5 MiB or more */
    S3Copies(S3Client client, S3Calls calls, String bucket, long maxBytesAtOnce) {
        this.client = client;
        this.calls = calls;
        this.multipart = new S3Parts(client, calls, bucket);
        this.bucket = bucket;
        this.maxBytesAtOnce = maxBytesAtOnce;
    }

    CopyResult copy(CopyTerms terms) {
        return terms.size() > maxBytesAtOnce ? inParts(terms) : atOnce(terms);
    }

    private CopyResult atOnce(CopyTerms terms) {
        CopyResult result = calls.write(() -> unlessRefused(() -> {
            CopyObjectResponse answer = client.copyObject(r -> r.sourceBucket(bucket)
                    .sourceKey(terms.from().value())
                    .copySourceIfMatch(quoted(terms.pin()))
                    .destinationBucket(bucket)
                    .destinationKey(terms.to().value())
                    .metadataDirective(MetadataDirective.REPLACE)
                    .contentType(terms.contentType())
                    .contentDisposition(disposition(terms))
                    .contentEncoding(terms.contentEncoding())
                    .overrideConfiguration(calls.lasting()));
            return verified(terms, S3Facts.of(terms, answer));
        }));
        if (result instanceof CopyResult.Changed) {
            drop(terms.to());
        }
        return result;
    }

    /** Pins are not firm everywhere: under racing PUTs a server may take the pin and copy the bytes that came since. */
    private static CopyResult verified(CopyTerms terms, StoredObject copy) {
        boolean comparable = terms.pin().kind() == ETag.Kind.MD5 && copy.etag().kind() == ETag.Kind.MD5;
        if (comparable && !copy.etag().matches(terms.pin().value())) {
            return new CopyResult.Changed();
        }
        return new CopyResult.Copied(copy, comparable);
    }

    private CopyResult inParts(CopyTerms terms) {
        return multipart.within(
                terms.to(),
                as -> as.contentType(terms.contentType())
                        .contentDisposition(disposition(terms))
                        .contentEncoding(terms.contentEncoding()),
                id -> calls.write(() -> unlessRefused(() -> {
                    List<CompletedPart> copied = copyParts(terms, id);
                    return new CopyResult.Copied(S3Facts.of(terms, multipart.complete(terms.to(), id, copied)), false);
                })),
                CopyResult.Copied.class::isInstance);
    }

    private List<CompletedPart> copyParts(CopyTerms terms, String id) {
        long size = S3Parts.size(PART_BYTES, maxBytesAtOnce, terms.size());
        int count = (int) Math.ceilDiv(terms.size(), size);
        List<CompletedPart> parts = new ArrayList<>(count);
        // Closing waits for the parts under way, so that none arrives after the upload was aborted.
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(count, PARTS_AT_ONCE), Thread.ofVirtual().factory())) {
            List<Future<CompletedPart>> copies = new ArrayList<>(count);
            for (int number = 1; number <= count; number++) {
                int n = number;
                long from = (n - 1) * size;
                long to = Math.min(from + size, terms.size()) - 1;
                copies.add(threads.submit(() -> copyPart(terms, id, n, "bytes=" + from + "-" + to)));
            }
            try {
                for (Future<CompletedPart> copy : copies) {
                    parts.add(copy.get());
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
                throw AbortedException.create("interrupted between parts of a copy", e);
            }
        }
        return parts;
    }

    private CompletedPart copyPart(CopyTerms terms, String id, int number, String range) {
        CopyPartResult copy = S3Facts.required(client.uploadPartCopy(r -> r.sourceBucket(bucket)
                        .sourceKey(terms.from().value())
                        .copySourceIfMatch(quoted(terms.pin()))
                        .copySourceRange(range)
                        .destinationBucket(bucket)
                        .destinationKey(terms.to().value())
                        .uploadId(id)
                        .partNumber(number)
                        .overrideConfiguration(calls.lasting()))
                .copyPartResult());
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(S3Facts.required(copy.eTag()))
                .build();
    }

    private void drop(ObjectKey key) {
        try {
            calls.remove(() ->
                    client.deleteObject(r -> r.bucket(bucket).key(key.value()).overrideConfiguration(calls.brief())));
        } catch (StorageException e) {
            // Nobody owns the key, so its bytes go by age.
        }
    }

    private static CopyResult unlessRefused(Supplier<CopyResult> attempt) {
        try {
            return attempt.get();
        } catch (AwsServiceException e) {
            // A part beyond the end of what lies there now is refused as such, whatever the pin says.
            if (e.statusCode() == 412 || e.statusCode() == 416) {
                return new CopyResult.Changed();
            }
            if (S3Failures.isAbsent(e) && !"NoSuchUpload".equals(S3Failures.code(e))) {
                return new CopyResult.Absent();
            }
            throw e;
        }
    }

    private static String quoted(ETag etag) {
        return '"' + etag.value() + '"';
    }

    private static @Nullable String disposition(CopyTerms terms) {
        String filename = terms.filename();
        return filename == null ? null : DownloadName.contentDisposition(filename);
    }
}
