package dev.waybill.connectors.azure;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connection strings, which say in one line what settings say in several. */
final class ConnectionString {

    private static final String FIELD = "connection_string";

    private ConnectionString() {}

    /**
     * Settings that hold one, as those that it stands for.
     *
     * @throws InvalidRequest when it cannot be read; it is not shown
     */
    static Map<String, Object> within(Map<String, Object> config, String at) {
        Object nested = config.get("credentials");
        Map<?, ?> holder =
                nested instanceof Map<?, ?> credentials && credentials.get(FIELD) != null ? credentials : config;
        Object given = holder.get(FIELD);
        if (!(given instanceof String text) || text.isBlank()) {
            return config;
        }
        String place = at + (holder == config ? "." : ".credentials.") + FIELD;
        if (text.strip().matches("\\*+")) {
            throw wrong(place, "The secret is masked; give the secret itself");
        }
        Map<String, String> fields = fields(text.strip(), place);
        Map<String, Object> settings = new LinkedHashMap<>(config);
        settings.remove(FIELD);
        String account = fields.get("accountname");
        String endpoint = endpoint(fields, account);
        String key = fields.get("accountkey");
        String signature = fields.get("sharedaccesssignature");
        if (key == null && signature == null || account == null && endpoint == null) {
            throw wrong(place, "It should hold AccountName and AccountKey, or BlobEndpoint and SharedAccessSignature");
        }
        if (account != null) {
            settings.put("account_name", account);
        } else if (!settings.containsKey("account_name")) {
            settings.put(
                    "account_name",
                    String.valueOf(endpoint).replaceFirst("^https?://", "").split("[./:]")[0]);
        }
        if (endpoint != null) {
            settings.put("endpoint_url", endpoint);
        }
        settings.put(
                "credentials",
                key != null
                        ? Map.of("type", "account_key", "account_key", key)
                        : Map.of("type", "sas", "sas_token", String.valueOf(signature)));
        return settings;
    }

    /** Null for Azure's own. */
    private static @Nullable String endpoint(Map<String, String> fields, @Nullable String account) {
        String named = fields.get("blobendpoint");
        if (named != null) {
            return named;
        }
        String suffix = fields.get("endpointsuffix");
        return suffix == null || suffix.equals("core.windows.net") || account == null
                ? null
                : "https://%s.blob.%s".formatted(account, suffix);
    }

    private static Map<String, String> fields(String text, String place) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split(";")) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw wrong(place, "It should be a connection string, such as AccountName=...;AccountKey=...");
            }
            fields.put(
                    pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    pair.substring(equals + 1).strip());
        }
        return fields;
    }

    private static InvalidRequest wrong(String place, String message) {
        List<Object> location =
                Stream.of(place.split("\\.")).map(Object.class::cast).toList();
        return new InvalidRequest(List.of(new Violation(location, message, "value_error")));
    }
}
