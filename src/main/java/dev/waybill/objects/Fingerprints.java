package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.UniqueKey;
import dev.waybill.platform.errors.Violations;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What claims are derived from: the values of a unique key, and content. */
final class Fingerprints {

    private Fingerprints() {}

    /**
     * The bucket's unique key of some metadata; empty when the bucket has none.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest when a value of the key is missing
     */
    static Optional<String> uniqueKey(Bucket bucket, Map<String, Object> metadata, List<Object> at) {
        UniqueKey key = bucket.uniqueKey();
        if (key == null) {
            return Optional.empty();
        }
        Violations violations = new Violations();
        StringBuilder values = new StringBuilder();
        for (String field : key.fields()) {
            Object value = value(metadata, field);
            if (value == null) {
                violations.add(
                        at, "must hold '%s', which is part of the bucket's unique key".formatted(field), "missing");
            } else {
                spell(value, values);
            }
        }
        violations.refuse();
        return Optional.of("key:" + hash(values));
    }

    /** What all blobs together are; empty when there are none. */
    static Optional<String> content(Collection<Blob> blobs) {
        if (blobs.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder();
        blobs.stream().map(Fingerprints::spelled).sorted().forEach(all::append);
        return Optional.of("content:" + hash(all));
    }

    private static String spelled(Blob blob) {
        StringBuilder one = new StringBuilder();
        spell(blob.property(), one);
        if (blob.sha256() != null) {
            spell("sha256:" + blob.sha256(), one);
        } else if (blob.key() != null) {
            spell("key:" + blob.key(), one);
        } else if (blob.inline() != null) {
            spell(blob.inline(), one);
        } else {
            spell("url:" + blob.url(), one);
        }
        return one.toString();
    }

    private static @Nullable Object value(Map<String, Object> metadata, String path) {
        Object value = metadata;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    /** One spelling for equal JSON, and different ones for different: lengths keep neighbours apart. */
    private static void spell(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append('n');
            case Number number -> {
                BigDecimal plain = new BigDecimal(number.toString()).stripTrailingZeros();
                out.append('d').append(plain.unscaledValue()).append('e').append(plain.scale());
            }
            case Boolean truth -> out.append(truth ? 't' : 'f');
            case Map<?, ?> map -> {
                TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
                out.append('{').append(sorted.size());
                sorted.forEach((key, item) -> {
                    spell(key, out);
                    spell(item, out);
                });
            }
            case List<?> list -> {
                out.append('[').append(list.size());
                list.forEach(item -> spell(item, out));
            }
            default -> {
                String text = value.toString();
                out.append('s').append(text.length()).append(':').append(text);
            }
        }
        out.append(';');
    }

    private static String hash(CharSequence text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
