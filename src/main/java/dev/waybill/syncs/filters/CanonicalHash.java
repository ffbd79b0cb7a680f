package dev.waybill.syncs.filters;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Canonical hash of JSON values in which lists are sets: neither order nor repetitions count. */
final class CanonicalHash {

    private CanonicalHash() {}

    static String of(Map<String, Object> terms) {
        return DigestUtils.sha256Hex(canonical(terms));
    }

    /** Texts are length-prefixed, so that different values never collide. */
    private static String canonical(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((name, item) -> sorted.put(String.valueOf(name), canonical(item)));
                yield sorted.entrySet().stream()
                        .map(entry -> canonical(entry.getKey()) + '=' + entry.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
            }
            case List<?> list ->
                list.stream()
                        .map(CanonicalHash::canonical)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(",", "[", "]"));
            case String text -> text.length() + ":" + text;
            default -> value.getClass().getSimpleName() + '(' + value + ')';
        };
    }
}
