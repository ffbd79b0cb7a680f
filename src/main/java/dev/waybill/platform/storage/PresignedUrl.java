package dev.waybill.platform.storage;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A URL that carries its own permission until it expires.
 *
 * @param url absolute; a secret until it expires, so {@link #toString()} leaves its signature out
 * @param requiredHeaders exactly what the client must send, names as usually written, in a stable order. Where
 *     {@code Content-Length} is among them, most clients set it by themselves, and browsers let no one else do it
 * @param expiresAt in whole seconds, as storage counts
 */
public record PresignedUrl(String url, Map<String, String> requiredHeaders, Instant expiresAt) {

    public PresignedUrl {
        requiredHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(requiredHeaders));
    }

    @Override
    public String toString() {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)) + "?***";
    }
}
