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
 * Settings that take the place of a connection's own. Callers send back what they have read, with masks for secrets, or
 * leave secrets out: the stored ones stay then, but only for the very access that they were given for. Otherwise whoever
 * may change a connection could have its secrets sent to a place of their own.
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
     * @throws InvalidRequest for another provider, or when secrets are missing that do not stay
     */
    ConnectorConfig read(Map<String, Object> wanted, String at) {
        requireSameProvider(wanted, at);
        Set<String> masked = new TreeSet<>();
        Map<String, Object> filled = filled(wanted, masked);
        if (masked.isEmpty()) {
            return kept(filled, at).orElseGet(() -> Providers.read(connector, wanted, at));
        }
        ConnectorConfig config = Providers.read(connector, filled, at);
        if (isSameAccess(config)) {
            return config;
        }
        throw new InvalidRequest(masked.stream()
                .map(path -> new Violation(
                        Providers.place(at, path),
                        "is masked, and the endpoint or the account beside it is another one; send the secret itself",
                        "value_error"))
                .toList());
    }

    /** Empty when the secrets that are missing were given for something else, or are not missed at all. */
    private Optional<ConnectorConfig> kept(Map<String, Object> filled, String at) {
        try {
            return Optional.of(Providers.read(connector, filled, at)).filter(this::isSameAccess);
        } catch (InvalidRequest doNotFit) {
            return Optional.empty();
        }
    }

    private boolean isSameAccess(ConnectorConfig config) {
        return config.identity().equals(stored.identity());
    }

    private void requireSameProvider(Map<String, Object> wanted, String at) {
        Object given = wanted.get(Providers.TYPE);
        boolean isSame = given == null
                || (given instanceof String name
                        && (connector.provider().equalsIgnoreCase(name.strip())
                                || connector.aliases().contains(name.strip().toLowerCase(Locale.ROOT))
                                || connector.toldAs().equalsIgnoreCase(name.strip())));
        if (!isSame) {
            throw new InvalidRequest(List.of(new Violation(
                    Providers.place(at, Providers.TYPE),
                    "is another provider than the connection's, which is '%s'; create a connection for it"
                            .formatted(connector.provider()),
                    "value_error")));
        }
    }

    /** With stored secrets in the place of masks, which are gathered, and of what is missing. */
    private Map<String, Object> filled(Map<String, Object> wanted, Set<String> masked) {
        Map<String, Object> filled = copy(wanted);
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

    /** The object that the last step is in; null where something else stands in its place. */
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
