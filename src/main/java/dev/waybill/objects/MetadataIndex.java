package dev.waybill.objects;

import dev.waybill.platform.query.Instants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored beside metadata so that it can be found: derived from it alone, and never told.
 *
 * @param instants of the values those that are dates with times, in the one spelling of their instants, at the places where
 *     they stand in objects and lists; which of them are compared so is for the bucket's schema to say. Null stays null
 * @param searchText every text and number of it, a line each; null when there is none
 */
record MetadataIndex(Map<String, Object> instants, @Nullable String searchText) {

    static MetadataIndex of(Map<String, Object> metadata) {
        List<String> words = new ArrayList<>();
        gather(metadata, words);
        return new MetadataIndex(nullsAllowed(instants(metadata)), words.isEmpty() ? null : String.join("\n", words));
    }

    private static Map<String, @Nullable Object> instants(Map<?, ?> values) {
        Map<String, @Nullable Object> instants = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            switch (value) {
                case null -> instants.put(key.toString(), null);
                case String text -> spelt(text).ifPresent(spelt -> instants.put(key.toString(), spelt));
                case Map<?, ?> map -> {
                    Map<String, @Nullable Object> inner = instants(map);
                    if (map.isEmpty() || !inner.isEmpty()) {
                        instants.put(key.toString(), inner);
                    }
                }
                case List<?> list -> {
                    List<String> inner = spelt(list);
                    if (list.isEmpty() || !inner.isEmpty()) {
                        instants.put(key.toString(), inner);
                    }
                }
                default -> {}
            }
        });
        return instants;
    }

    private static List<String> spelt(List<?> values) {
        return values.stream()
                .filter(String.class::isInstance)
                .flatMap(text -> spelt(text.toString()).stream())
                .toList();
    }

    private static Optional<String> spelt(String text) {
        return Instants.read(text).map(Instants::spell);
    }

    private static void gather(@Nullable Object value, List<String> words) {
        switch (value) {
            case String text -> words.add(text);
            case Number number -> words.add(number.toString());
            case Map<?, ?> map -> map.values().forEach(inner -> gather(inner, words));
            case List<?> list -> list.forEach(inner -> gather(inner, words));
            case null -> {}
            default -> {}
        }
    }

    @SuppressWarnings("NullAway") // JSON maps hold nulls
    private static Map<String, Object> nullsAllowed(Map<String, @Nullable Object> map) {
        return map;
    }
}
