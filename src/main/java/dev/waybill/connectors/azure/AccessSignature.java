package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A shared access signature (SAS): query parameters that contain their own permissions and expiry. */
final class AccessSignature implements AzureKey {

    private static final Pattern QUERY = Pattern.compile("(?:[A-Za-z0-9&=._~:+/,*-]++|%[0-9A-Fa-f]{2})++");

    private final String query;
    private final Map<String, String> fields;

    /** @param query encoded, without a question mark */
    AccessSignature(String query) {
        this.query = query;
        this.fields = fields(query);
    }

    /** Parses a pasted signature: the bare query, one with a question mark, or a whole URL; null when it is none. */
    static @Nullable String read(String pasted) {
        String query = pasted.substring(pasted.indexOf('?') + 1);
        return QUERY.matcher(query).matches() && fields(query).containsKey("sig") ? query : null;
    }

    @Override
    public RestCall sign(RestCall request) {
        String own = request.uri().getRawQuery();
        String text = request.uri().toString();
        return request.at(URI.create(text + (own == null ? "?" : "&") + query));
    }

    @Override
    public boolean renew(RestCall sent, RestAnswer refusal) {
        return false;
    }

    /** A service SAS does not cover the account; an account SAS says which services it covers. */
    @Override
    public boolean isForAccount() {
        return fields.getOrDefault("srt", "").contains("s");
    }

    @Override
    public @Nullable Instant expiresAt() {
        String expiry = fields.getOrDefault("se", "");
        try {
            return expiry.isEmpty()
                    ? null
                    : expiry.contains("T")
                            ? Instant.parse(
                                    expiry.matches(".*T[0-9]{2}:[0-9]{2}Z") ? expiry.replace("Z", ":00Z") : expiry)
                            : LocalDate.parse(expiry)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    @Override
    public Map<String, Object> restrictions() {
        Map<String, Object> restrictions = new LinkedHashMap<>();
        put(restrictions, "permissions", "sp");
        put(restrictions, "addresses", "sip");
        put(restrictions, "protocols", "spr");
        return restrictions;
    }

    /** One with a stored access policy does not contain its permissions. */
    @Override
    public List<Diagnosis> lacking() {
        String permissions = fields.get("sp");
        List<Diagnosis> lacking = new ArrayList<>();
        if (permissions != null && !permissions.contains("l")) {
            lacking.add(Diagnosis.ACCESS_DENIED);
        }
        if (permissions != null && !permissions.contains("r")) {
            lacking.add(Diagnosis.ACCESS_DENIED_READ);
        }
        return lacking;
    }

    private void put(Map<String, Object> restrictions, String name, String field) {
        String value = fields.get(field);
        if (value != null) {
            restrictions.put(name, value);
        }
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    @Override
    public String toString() {
        return "AccessSignature";
    }
}
