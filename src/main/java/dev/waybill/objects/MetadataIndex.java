package dev.waybill.objects;

import dev.waybill.platform.query.Instants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Search index of metadata, stored beside it: derived from it alone, and never returned.
 *
 * @param instants the values that are dates with times, in the canonical form of their instants, at the paths that they
 *     have in objects and lists; the bucket's schema decides which of them are compared so. Null stays null
 * @param searchText every text and number of it, a line each; null when there is none
 */
record MetadataIndex(Map<String, Object> instants, @Nullable String searchText) {

    static MetadataIndex of(Map<String, Object> metadata) {
        List<String> words = new ArrayList<>();
        collect(metadata, words);
        return new MetadataIndex(nullsAllowed(instants(metadata)), words.isEmpty() ? null : String.join("\n", words));
    }

    private static Map<String, @Nullable Object> instants(Map<?, ?> values) {
        Map<String, @Nullable Object> instants = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            switch (value) {
                case null -> instants.put(key.toString(), null);
                case String text -> canonical(text).ifPresent(canonical -> instants.put(key.toString(), canonical));
                case Map<?, ?> map -> {
                    Map<String, @Nullable Object> inner = instants(map);
                    if (map.isEmpty() || !inner.isEmpty()) {
                        instants.put(key.toString(), inner);
                    }
                }
                case List<?> list -> {
                    List<String> inner = canonical(list);
                    if (list.isEmpty() || !inner.isEmpty()) {
                        instants.put(key.toString(), inner);
                    }
                }
                default -> {}
            }
        });
        return instants;
    }

    private static List<String> canonical(List<?> values) {
        return values.stream()
                .filter(String.class::isInstance)
                .flatMap(text -> canonical(text.toString()).stream())
                .toList();
    }

    private static Optional<String> canonical(String text) {
        return Instants.read(text).map(Instants::spell);
    }

    private static void collect(@Nullable Object value, List<String> words) {
        switch (value) {
            case String text -> words.add(text);
            case Number number -> words.add(number.toString());
            case Map<?, ?> map -> map.values().forEach(inner -> collect(inner, words));
            case List<?> list -> list.forEach(inner -> collect(inner, words));
            case null -> {}
            default -> {}
        }
    }

    @SuppressWarnings("NullAway") // JSON maps hold nulls
    private static Map<String, Object> nullsAllowed(Map<String, @Nullable Object> map) {
        return map;
    }
}
