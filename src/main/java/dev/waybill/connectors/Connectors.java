package dev.waybill.connectors;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The registry of connectors, by all names of their providers. */
@Component
public class Connectors {

    private final Map<String, Connector> byName = new TreeMap<>();
    private final List<String> providers;

    public Connectors(Collection<Connector> connectors) {
        for (Connector connector : connectors) {
            put(connector.provider(), connector);
            connector.aliases().forEach(alias -> put(alias, connector));
        }
        providers = connectors.stream().map(Connector::provider).sorted().toList();
    }

    private void put(String name, Connector connector) {
        if (byName.put(name, connector) != null) {
            throw new IllegalStateException("two connectors are called " + name);
        }
    }

    /** The provider of that name, whatever its case; empty when there is none. */
    public Optional<Connector> find(String name) {
        return Optional.ofNullable(byName.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    /** Canonical names, for messages. */
    public List<String> providers() {
        return providers;
    }
}
