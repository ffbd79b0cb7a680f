package dev.waybill.platform.storage;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The constraints of a presigned PUT, which bind the client.
 *
 * @param contentType always signed; storage refuses another one. Visible ASCII and spaces
 * @param lifetime 1 s to 7 days, counted from now
 * @param contentLength signed when given; storage refuses a body of another length. 0 to 5 GiB
 * @param sha256 lower-case hexadecimal; signed as {@code x-amz-checksum-sha256} when given
 * @param onlyOnce signs {@code If-None-Match: *}, so that a second PUT is refused
 */
public record PutTerms(
        ObjectKey key,
        String contentType,
        Duration lifetime,
        @Nullable Long contentLength,
        @Nullable String sha256,
        boolean onlyOnce) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public PutTerms {
        if (contentType.isBlank() || !contentType.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a content type holds visible ASCII characters and spaces");
        }
        Lifetimes.check(lifetime);
        if (contentLength != null && (contentLength < 0 || contentLength > ObjectStorage.MAX_PUT_BYTES)) {
            throw new IllegalArgumentException("one PUT takes 0 bytes to 5 GiB, not " + contentLength);
        }
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("a SHA-256 is written as 64 lower-case hexadecimal digits");
        }
    }
}
