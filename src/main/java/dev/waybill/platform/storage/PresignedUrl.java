package dev.waybill.platform.storage;

import java.time.Instant;
import java.util.Map;

/**
 * A URL that carries its own permission until it expires.
 *
 * @param url absolute; a secret until it expires, so {@link #toString()} leaves its signature out
 * @param requiredHeaders what the client must send, names as usually written, in a stable order
 */
public record PresignedUrl(String url, Map<String, String> requiredHeaders, Instant expiresAt) {

    @Override
    public String toString() {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)) + "?***";
    }
}
