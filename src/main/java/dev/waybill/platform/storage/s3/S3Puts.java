package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Writes objects from streams: at once up to a size, and beyond it in parts, one after the other. */
final class S3Puts {

    /** Bodies up to 1 MiB are held in memory, so that they can be sent again after a quick failure. */
    private static final int REPEATABLE_BYTES = 1 << 20;

    /** Parts up to 16 MiB as well: there is one at a time, and who lost one would have to begin anew. */
    private static final int REPEATABLE_PART_BYTES = 16 << 20;

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final S3Client client;
    private final S3Calls calls;
    private final S3Parts multipart;
    private final String bucket;
    private final long maxBytesAtOnce;

    /** @param maxBytesAtOnce larger objects are written in parts; 5 MiB or more */
    S3Puts(S3Client client, S3Calls calls, String bucket, long maxBytesAtOnce) {
        this.client = client;
        this.calls = calls;
        this.multipart = new S3Parts(client, calls, bucket);
        this.bucket = bucket;
        this.maxBytesAtOnce = maxBytesAtOnce;
    }

    /** @throws UncheckedIOException when the bytes themselves fail or end early; nothing is written then */
    StoredObject put(
            ObjectKey key, InputStream bytes, long length, String contentType, @Nullable String contentEncoding) {
        ExactLengthStream source = new ExactLengthStream(bytes, length);
        try {
            return length > maxBytesAtOnce
                    ? inParts(key, source, length, contentType, contentEncoding)
                    : atOnce(key, source, length, contentType, contentEncoding);
        } catch (StorageException e) {
            IOException broken = source.failure();
            if (broken != null) {
                throw new UncheckedIOException(broken);
            }
            throw e;
        }
    }

    private StoredObject atOnce(
            ObjectKey key, InputStream source, long length, String contentType, @Nullable String contentEncoding) {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key.value())
                .contentType(contentType)
                .contentEncoding(contentEncoding)
                .contentLength(length);
        RequestBody body;
        if (length <= REPEATABLE_BYTES) {
            body = RequestBody.fromBytes(readAll(source, new byte[(int) length], (int) length));
            request.overrideConfiguration(calls.patient());
        } else {
            body = RequestBody.fromContentProvider(() -> source, length, contentType);
            request.overrideConfiguration(calls.once());
        }
        return calls.write(() -> S3Facts.of(key, length, contentType, client.putObject(request.build(), body)));
    }

    private StoredObject inParts(
            ObjectKey key, InputStream source, long length, String contentType, @Nullable String contentEncoding) {
        return multipart.within(
                key,
                as -> as.contentType(contentType).contentEncoding(contentEncoding),
                id -> {
                    List<CompletedPart> written = parts(key, id, source, length);
                    return calls.write(
                            () -> S3Facts.of(key, length, contentType, multipart.complete(key, id, written)));
                },
                done -> true);
    }

    private List<CompletedPart> parts(ObjectKey key, String id, InputStream source, long length) {
        long size = partSize(length, maxBytesAtOnce);
        byte[] buffer = new byte[size <= REPEATABLE_PART_BYTES ? (int) size : 0];
        List<CompletedPart> parts = new ArrayList<>();
        for (long from = 0; from < length; from += size) {
            parts.add(part(key, id, parts.size() + 1, source, Math.min(size, length - from), buffer));
        }
        return parts;
    }

    private CompletedPart part(ObjectKey key, String id, int number, InputStream source, long length, byte[] buffer) {
        RequestBody body;
        if (buffer.length > 0) {
            readAll(source, buffer, (int) length);
            body = RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(buffer, 0, (int) length), length, UNKNOWN_TYPE);
        } else {
            InputStream part = new ExactLengthStream(source, length);
            body = RequestBody.fromContentProvider(() -> part, length, UNKNOWN_TYPE);
        }
        String etag = calls.call(() -> client.uploadPart(
                        r -> r.bucket(bucket)
                                .key(key.value())
                                .uploadId(id)
                                .partNumber(number)
                                .contentLength(length)
                                .overrideConfiguration(buffer.length > 0 ? calls.lasting() : calls.once()),
                        body))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(S3Facts.required(etag))
                .build();
    }

    static long partSize(long length, long maxBytesAtOnce) {
        return S3Parts.size(REPEATABLE_PART_BYTES, maxBytesAtOnce, length);
    }

    private static byte[] readAll(InputStream bytes, byte[] into, int length) {
        try {
            int count = bytes.readNBytes(into, 0, length);
            if (count < length) {
                throw new EOFException((length - count) + " bytes too few");
            }
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
