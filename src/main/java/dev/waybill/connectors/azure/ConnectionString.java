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

/** Parses connection strings of Azure storage into settings. */
final class ConnectionString {

    private static final String FIELD = "connection_string";

    private ConnectionString() {}

    /**
     * Replaces a connection string in settings by those that it stands for.
     *
     * @throws InvalidRequest when it cannot be parsed; the message does not contain it
     */
    static Map<String, Object> within(Map<String, Object> config, String at) {
        Object nested = config.get("credentials");
        Map<?, ?> holder =
                nested instanceof Map<?, ?> credentials && credentials.get(FIELD) != null ? credentials : config;
        Object value = holder.get(FIELD);
        if (!(value instanceof String text) || text.isBlank()) {
            return config;
        }
        String field = at + (holder == config ? "." : ".credentials.") + FIELD;
        if (text.strip().matches("\\*+")) {
            throw wrong(field, "The secret is masked; give the secret itself");
        }
        Map<String, String> fields = fields(text.strip(), field);
        Map<String, Object> settings = new LinkedHashMap<>(config);
        settings.remove(FIELD);
        String account = fields.get("accountname");
        String endpoint = endpoint(fields, account);
        String key = fields.get("accountkey");
        String signature = fields.get("sharedaccesssignature");
        if (key == null && signature == null || account == null && endpoint == null) {
            throw wrong(field, "It should hold AccountName and AccountKey, or BlobEndpoint and SharedAccessSignature");
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

    /** Null for Azure's default endpoint. */
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

    private static Map<String, String> fields(String text, String field) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split(";")) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw wrong(field, "It should be a connection string, such as AccountName=...;AccountKey=...");
            }
            fields.put(
                    pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    pair.substring(equals + 1).strip());
        }
        return fields;
    }

    private static InvalidRequest wrong(String field, String message) {
        List<Object> location =
                Stream.of(field.split("\\.")).map(Object.class::cast).toList();
        return new InvalidRequest(List.of(new Violation(location, message, "value_error")));
    }
}
