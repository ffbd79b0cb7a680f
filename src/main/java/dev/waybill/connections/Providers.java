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

/** Which provider callers mean, and what they may know of it. */
@Component
class Providers {

    /** The setting that says which provider the others are for. */
    static final String TYPE = "provider_type";

    /** What clients know and is not to be had here. */
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
     * The provider that settings are for. Clients whose list of names is old send what they are told instead of a newer
     * name; then the settings know better.
     *
     * @param name as it was sent beside the settings
     * @param nameAt where it stands
     * @param at where the settings stand, such as {@code body.provider_config}
     * @throws WaybillException 400 for one that is not to be had, 422 for one that is unknown
     */
    Connector choose(String name, List<Object> nameAt, Map<String, Object> settings, String at) {
        Object inside = settings.get(TYPE);
        Optional<Connector> outer = connectors.find(name);
        if (!(inside instanceof String given) || given.isBlank()) {
            return outer.orElseThrow(() -> refused(name, nameAt));
        }
        Connector inner = connectors.find(given).orElseThrow(() -> refused(given, place(at, TYPE)));
        if (outer.filter(inner::equals).isEmpty() && !inner.toldAs().equals(plain(name))) {
            throw outer.isEmpty()
                    ? refused(name, nameAt)
                    : new InvalidRequest(List.of(new Violation(
                            place(at, TYPE),
                            "is '%s', but the provider_type beside it is '%s'; name one provider"
                                    .formatted(given, name),
                            "value_error")));
        }
        return inner;
    }

    /** The provider of a stored connection. */
    Connector of(String provider) {
        return connectors.find(provider).orElseThrow(() -> unsupported(provider));
    }

    /** What clients with few names are told. */
    String told(String provider) {
        return connectors.find(provider).map(Connector::toldAs).orElse(provider);
    }

    /**
     * The canonical names of those that are called so, or told so.
     *
     * @return empty for a name that clients know and is not to be had here
     * @throws InvalidRequest 422 for one that is unknown
     */
    List<String> called(String name) {
        String canonical = connectors.find(name).map(Connector::provider).orElse(plain(name));
        List<String> called = connectors.providers().stream()
                .filter(provider -> provider.equals(canonical) || told(provider).equals(canonical))
                .toList();
        if (called.isEmpty() && !isKnown(name)) {
            throw refused(name, List.of("body", TYPE));
        }
        return called;
    }

    /**
     * Reads settings.
     *
     * @throws InvalidRequest when a secret is only the mask of one
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
                place(at, path),
                "is the mask that answers show instead of the secret; send the secret itself",
                "value_error");
    }

    static boolean isMask(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.chars().allMatch(letter -> letter == '*');
    }

    /** A place further in; both are dotted. */
    static List<Object> place(String at, String path) {
        return Stream.of((at + "." + path).split("\\.")).map(Object.class::cast).toList();
    }

    private WaybillException refused(String name, List<Object> place) {
        return isKnown(name)
                ? unsupported(name)
                : new InvalidRequest(List.of(new Violation(
                        place,
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
