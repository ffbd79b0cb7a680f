package dev.waybill.extraction;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Registry of all extractors of this installation. A new one is a bean of type {@link Extractor}; nothing else needs to
 * know it.
 */
@Component
public class Extractors {

    private final Map<String, Extractor> byId = new TreeMap<>();

    public Extractors(Collection<? extends Extractor> extractors) {
        for (Extractor extractor : extractors) {
            Extractor other = byId.put(id(extractor.name(), extractor.version()), extractor);
            if (other != null) {
                throw new IllegalStateException("two extractors are called %s: %s and %s"
                        .formatted(id(extractor.name(), extractor.version()), other.getClass(), extractor.getClass()));
            }
        }
    }

    public Optional<Extractor> find(String name, String version) {
        return Optional.ofNullable(byId.get(id(name, version)))
                .filter(extractor -> extractor.name().equals(name));
    }

    /** The ids of all, such as {@code text_extractor_v1}, in alphabetical order. */
    public List<String> known() {
        return List.copyOf(byId.keySet());
    }

    private static String id(String name, String version) {
        return name + "_" + version;
    }
}
