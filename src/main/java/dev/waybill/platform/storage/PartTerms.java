package dev.waybill.platform.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of a presigned PUT of one part of a multipart upload, which bind the client.
 *
 * @param multipartId as {@link MultipartStorage#begin} gave it
 * @param number 1 to 10000
 * @param lifetime 1 s to 7 days, counted from now
 * @param contentLength signed when given; storage refuses a part of another length. 0 to 5 GiB
 */
public record PartTerms(
        ObjectKey key,
        String multipartId,
        int number,
        Duration lifetime,
        @Nullable Long contentLength) {

    public PartTerms {
        if (multipartId.isEmpty()) {
            throw new IllegalArgumentException("a part belongs to a multipart upload");
        }
        if (number < 1 || number > MultipartStorage.MAX_PARTS) {
            throw new IllegalArgumentException("parts are numbered 1 to 10000, not " + number);
        }
        Lifetimes.check(lifetime);
        if (contentLength != null && (contentLength < 0 || contentLength > ObjectStorage.MAX_PUT_BYTES)) {
            throw new IllegalArgumentException("one part takes 0 bytes to 5 GiB, not " + contentLength);
        }
    }
}
