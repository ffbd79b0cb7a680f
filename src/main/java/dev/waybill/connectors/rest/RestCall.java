package dev.waybill.connectors.rest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to a provider's HTTP API.
 *
 * @param uri fully encoded
 * @param headers by their names
 * @param form the form to POST; null for a GET
 */
public record RestCall(
        URI uri, Map<String, String> headers, @Nullable String form) {

    public RestCall {
        headers = Map.copyOf(headers);
    }

    public static RestCall get(URI uri) {
        return new RestCall(uri, Map.of(), null);
    }

    /** @param fields not encoded */
    public static RestCall post(URI uri, Map<String, String> fields) {
        return new RestCall(uri, Map.of(), query(fields));
    }

    public RestCall with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RestCall(uri, more, form);
    }

    /** The same request for another URI. */
    public RestCall at(URI other) {
        return new RestCall(other, headers, form);
    }

    /** {@code a=b&c=d}, encoded; empty values are left out. */
    public static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** One segment of a path, or a part of a query: all but letters, digits and {@code - _ . *} as percent and two digits. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Headers and queries may contain secrets. */
    @Override
    public String toString() {
        return "RestCall[%s %s]".formatted(form == null ? "GET" : "POST", uri.getHost());
    }
}
