package dev.waybill.platform.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A presigned URL: it carries its own permission until it expires.
 *
 * @param url absolute; a secret until it expires, so {@link #toString()} leaves its signature out
 * @param requiredHeaders exactly what the client must send, names as usually written, in a stable order. Where
 *     {@code Content-Length} is among them, most clients set it by themselves, and browsers let no one else do it
 * @param expiresAt in whole seconds, as storage counts
 */
public record PresignedUrl(String url, Map<String, String> requiredHeaders, Instant expiresAt) {

    private static final String CONTENT_LENGTH = "Content-Length";

    public PresignedUrl {
        requiredHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(requiredHeaders));
    }

    /** What a client has to set by itself: all but the length, which browsers must not set, and every client does. */
    public Map<String, String> settableHeaders() {
        Map<String, String> headers = new LinkedHashMap<>(requiredHeaders);
        headers.remove(CONTENT_LENGTH);
        return Collections.unmodifiableMap(headers);
    }

    /** How many bytes the body must have, where that is signed; null where it is not. */
    public @Nullable Long signedLength() {
        String length = requiredHeaders.get(CONTENT_LENGTH);
        return length == null ? null : Long.valueOf(length);
    }

    @Override
    public String toString() {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)) + "?***";
    }
}
