package dev.waybill.connectors;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection's validated settings, with secrets apart from what may be shown.
 *
 * @param provider the canonical name
 * @param settings JSON values without secrets, nested as they were sent ({@code credentials} is a map)
 * @param secrets by dotted path within the settings, such as {@code credentials.secret_access_key}; encrypted wherever
 *     they are stored
 * @param identity what makes two of them the same access, besides the secrets: the endpoint and the key's id or role,
 *     as one text without secrets
 */
public record ConnectorConfig(
        String provider, Map<String, Object> settings, Map<String, String> secrets, String identity) {

    /** The mask of a secret in answers: as long as strict clients require of one. */
    public static final String MASK = "*".repeat(40);

    private static final String CREDENTIALS = "credentials";

    public ConnectorConfig {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        secrets = Map.copyOf(secrets);
    }

    /** One of the settings. @return null when it is absent, or no text */
    public @Nullable String setting(String name) {
        return settings.get(name) instanceof String text ? text : null;
    }

    /** One of the credentials that is no secret. @return empty when it is absent, or no text */
    public String credential(String name) {
        return settings.get(CREDENTIALS) instanceof Map<?, ?> credentials
                        && credentials.get(name) instanceof String text
                ? text
                : "";
    }

    /** One of the credentials that is a secret. @return empty when it is absent */
    public String secret(String name) {
        return secrets.getOrDefault(CREDENTIALS + "." + name, "");
    }

    /** The settings as the API returns them, with masked secrets. */
    public Map<String, Object> masked() {
        Map<String, Object> all = copy(settings);
        secrets.keySet().forEach(path -> put(all, path.split("\\."), 0));
        return all;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> into, String[] path, int at) {
        if (at == path.length - 1) {
            into.put(path[at], MASK);
        } else {
            put((Map<String, Object>) into.computeIfAbsent(path[at], name -> new LinkedHashMap<>()), path, at + 1);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Map<String, Object> settings) {
        Map<String, Object> copy = new LinkedHashMap<>();
        settings.forEach((name, value) ->
                copy.put(name, value instanceof Map<?, ?> map ? copy((Map<String, Object>) map) : value));
        return copy;
    }

    /** Settings may name accounts, which are not for logs. */
    @Override
    public String toString() {
        return "ConnectorConfig[%s]".formatted(provider);
    }
}
