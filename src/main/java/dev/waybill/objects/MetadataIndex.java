package dev.waybill.objects;

import dev.waybill.platform.query.Instants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored beside metadata so that it can be found: derived from it alone, and never told.
 *
 * @param instants of the uppermost values those that are dates with times, in the one spelling of their instants; which of
 *     them are compared so is for the bucket's schema to say. Null stays null
 * @param searchText every text and number of it, a line each; null when there is none
 */
record MetadataIndex(Map<String, Object> instants, @Nullable String searchText) {

    static MetadataIndex of(Map<String, Object> metadata) {
        Map<String, @Nullable Object> instants = new LinkedHashMap<>();
        metadata.forEach((key, value) -> {
            if (value == null) {
                instants.put(key, null);
            } else if (value instanceof String text) {
                Instants.read(text).map(Instants::spell).ifPresent(spelt -> instants.put(key, spelt));
            }
        });
        List<String> words = new ArrayList<>();
        gather(metadata, words);
        return new MetadataIndex(nullsAllowed(instants), words.isEmpty() ? null : String.join("\n", words));
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
