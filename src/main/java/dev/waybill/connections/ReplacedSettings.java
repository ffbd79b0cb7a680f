package dev.waybill.connections;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges new settings of a connection with its stored secrets. Callers send back masked secrets or omit them; the
 * stored ones are then reused, but only for the same endpoint and account. Otherwise whoever may update a connection
 * could have its secrets sent to a host of their own.
 */
final class ReplacedSettings {

    private final Connector connector;
    private final ConnectorConfig stored;

    /** @param stored with secrets */
    ReplacedSettings(Connector connector, ConnectorConfig stored) {
        this.connector = connector;
        this.stored = stored;
    }

    /**
     * Reads them.
     *
     * @throws InvalidRequest for another provider, or when secrets are missing that cannot be reused
     */
    ConnectorConfig read(Map<String, Object> sent, String at) {
        requireSameProvider(sent, at);
        Set<String> masked = new TreeSet<>();
        Map<String, Object> filled = filled(sent, masked);
        if (masked.isEmpty()) {
            return withStoredSecrets(filled, at).orElseGet(() -> Providers.read(connector, sent, at));
        }
        ConnectorConfig config = Providers.read(connector, filled, at);
        if (isSameAccess(config)) {
            return config;
        }
        throw new InvalidRequest(masked.stream()
                .map(path -> new Violation(
                        Providers.location(at, path),
                        "is masked, and the endpoint or the account beside it is another one; send the secret itself",
                        "value_error"))
                .toList());
    }

    /** Empty when the missing secrets belong to another endpoint or account, or none are missing. */
    private Optional<ConnectorConfig> withStoredSecrets(Map<String, Object> filled, String at) {
        try {
            return Optional.of(Providers.read(connector, filled, at)).filter(this::isSameAccess);
        } catch (InvalidRequest doNotFit) {
            return Optional.empty();
        }
    }

    private boolean isSameAccess(ConnectorConfig config) {
        return config.identity().equals(stored.identity());
    }

    private void requireSameProvider(Map<String, Object> sent, String at) {
        Object sentProvider = sent.get(Providers.TYPE);
        boolean isSame = sentProvider == null
                || (sentProvider instanceof String name
                        && (connector.provider().equalsIgnoreCase(name.strip())
                                || connector.aliases().contains(name.strip().toLowerCase(Locale.ROOT))
                                || connector.contractName().equalsIgnoreCase(name.strip())));
        if (!isSame) {
            throw new InvalidRequest(List.of(new Violation(
                    Providers.location(at, Providers.TYPE),
                    "is another provider than the connection's, which is '%s'; create a connection for it"
                            .formatted(connector.provider()),
                    "value_error")));
        }
    }

    /** Replaces masks, whose paths are collected, and missing secrets by the stored ones. */
    private Map<String, Object> filled(Map<String, Object> sent, Set<String> masked) {
        Map<String, Object> filled = copy(sent);
        stored.secrets().forEach((path, secret) -> {
            String[] steps = path.split("\\.");
            Map<String, Object> parent = parent(filled, steps);
            if (parent == null) {
                return;
            }
            String name = steps[steps.length - 1];
            if (Providers.isMask(parent.get(name))) {
                masked.add(path);
                parent.put(name, secret);
            } else if (!parent.containsKey(name)) {
                parent.put(name, secret);
            }
        });
        return filled;
    }

    /** The object that holds the last step; null when there is none at that path. */
    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> parent(Map<String, Object> all, String[] steps) {
        Map<String, Object> parent = all;
        for (int i = 0; i < steps.length - 1; i++) {
            if (!(parent.computeIfAbsent(steps[i], name -> new LinkedHashMap<>()) instanceof Map<?, ?> next)) {
                return null;
            }
            parent = (Map<String, Object>) next;
        }
        return parent;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Map<String, Object> json) {
        Map<String, Object> copy = new LinkedHashMap<>();
        json.forEach((name, value) ->
                copy.put(name, value instanceof Map<?, ?> map ? copy((Map<String, Object>) map) : value));
        return copy;
    }
}
