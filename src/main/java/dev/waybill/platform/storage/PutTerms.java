package dev.waybill.platform.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a presigned PUT binds the client to.
 *
 * @param contentType always signed; storage refuses another one
 * @param lifetime 1 s to 7 days, counted from now
 * @param contentLength signed when given; storage refuses a body of another length
 * @param sha256 lower-case hexadecimal; signed as {@code x-amz-checksum-sha256} when given
 * @param onlyOnce signs {@code If-None-Match: *}, so that a second PUT is refused
 */
public record PutTerms(
        ObjectKey key,
        String contentType,
        Duration lifetime,
        @Nullable Long contentLength,
        @Nullable String sha256,
        boolean onlyOnce) {}
