package dev.waybill.connections;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Connectors;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resolves the providers that callers name to connectors, and maps them to the names that older clients know. */
@Component
class Providers {

    /** The setting that names the provider. */
    static final String TYPE = "provider_type";

    /** Providers of the contract that are not supported here. */
    private static final Set<String> KNOWN = Set.of(
            "google_drive",
            "sharepoint",
            "snowflake",
            "postgresql",
            "instagram",
            "tiktok",
            "rss",
            "http_api",
            "brightdata");

    private final Connectors connectors;

    Providers(Connectors connectors) {
        this.connectors = connectors;
    }

    /**
     * Chooses the connector for settings. Older clients send the name that their contract has instead of a newer one;
     * the provider_type within the settings is then more specific.
     *
     * @param name the provider that was sent beside the settings
     * @param nameAt its path in the request
     * @param at path of the settings, such as {@code body.provider_config}
     * @throws WaybillException 400 for an unsupported provider, 422 for an unknown one
     */
    Connector choose(String name, List<Object> nameAt, Map<String, Object> settings, String at) {
        Object inside = settings.get(TYPE);
        Optional<Connector> outer = connectors.find(name);
        if (!(inside instanceof String innerName) || innerName.isBlank()) {
            return outer.orElseThrow(() -> refused(name, nameAt));
        }
        Connector inner = connectors.find(innerName).orElseThrow(() -> refused(innerName, location(at, TYPE)));
        if (outer.filter(inner::equals).isEmpty() && !inner.contractName().equals(plain(name))) {
            throw outer.isEmpty()
                    ? refused(name, nameAt)
                    : new InvalidRequest(List.of(new Violation(
                            location(at, TYPE),
                            "is '%s', but the provider_type beside it is '%s'; name one provider"
                                    .formatted(innerName, name),
                            "value_error")));
        }
        return inner;
    }

    /** The connector of a stored connection. */
    Connector of(String provider) {
        return connectors.find(provider).orElseThrow(() -> unsupported(provider));
    }

    /** The provider in the vocabulary of older clients. */
    String contractName(String provider) {
        return connectors.find(provider).map(Connector::contractName).orElse(provider);
    }

    /**
     * The canonical names of the providers that have this name, or are mapped to it for older clients.
     *
     * @return empty for a provider of the contract that is not supported here
     * @throws InvalidRequest 422 for an unknown one
     */
    List<String> called(String name) {
        String canonical = connectors.find(name).map(Connector::provider).orElse(plain(name));
        List<String> called = connectors.providers().stream()
                .filter(provider ->
                        provider.equals(canonical) || contractName(provider).equals(canonical))
                .toList();
        if (called.isEmpty() && !isKnown(name)) {
            throw refused(name, List.of("body", TYPE));
        }
        return called;
    }

    /**
     * Reads and validates settings.
     *
     * @throws InvalidRequest when a secret is only a mask
     */
    static ConnectorConfig read(Connector connector, Map<String, Object> settings, String at) {
        Map<String, Object> named = new LinkedHashMap<>(settings);
        named.put(TYPE, connector.provider());
        ConnectorConfig config = connector.read(named, at);
        List<Violation> masked = config.secrets().entrySet().stream()
                .filter(secret -> isMask(secret.getValue()))
                .map(secret -> mask(at, secret.getKey()))
                .toList();
        if (!masked.isEmpty()) {
            throw new InvalidRequest(masked);
        }
        return config;
    }

    static Violation mask(String at, String path) {
        return new Violation(
                location(at, path),
                "is the mask that answers show instead of the secret; send the secret itself",
                "value_error");
    }

    static boolean isMask(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.chars().allMatch(letter -> letter == '*');
    }

    /** Location of a nested field; both arguments are dotted paths. */
    static List<Object> location(String at, String path) {
        return Stream.of((at + "." + path).split("\\.")).map(Object.class::cast).toList();
    }

    private WaybillException refused(String name, List<Object> location) {
        return isKnown(name)
                ? unsupported(name)
                : new InvalidRequest(List.of(new Violation(
                        location,
                        "Input should be one of: %s".formatted(String.join(", ", connectors.providers())),
                        "enum")));
    }

    private WaybillException unsupported(String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(TYPE, name);
        details.put("supported", connectors.providers());
        return new WaybillException(
                ErrorCode.UNSUPPORTED,
                "Provider '%s' is not supported. Supported are: %s."
                        .formatted(name, String.join(", ", connectors.providers())),
                details);
    }

    private static boolean isKnown(String name) {
        return KNOWN.contains(plain(name));
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
