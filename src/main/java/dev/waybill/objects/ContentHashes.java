package dev.waybill.objects;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.buckets.UniqueKey;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.query.Instants;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Dedupe keys of content and unique keys of metadata: the claims of which a bucket has each once. */
public final class ContentHashes {

    private ContentHashes() {}

    /**
     * The unique key of some metadata; empty when the bucket has none.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest when a value of the key is missing
     */
    public static Optional<String> uniqueKey(Bucket bucket, Map<String, Object> metadata, List<Object> at) {
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
                canonicalize(compared(bucket.schema().properties().get(field), value), values);
            }
        }
        violations.refuse();
        return Optional.of("key:" + hash(values));
    }

    /** Dates with times are equal at the same instant, however they are written. */
    private static Object compared(@Nullable SchemaField field, Object value) {
        return field != null && field.type() == FieldType.DATETIME && value instanceof String text
                ? Instants.read(text).map(Instant::toString).orElse(text)
                : value;
    }

    /** The dedupe key of an object whose blob of this property has this SHA-256. */
    public static String sha256Key(@Nullable String property, String sha256) {
        return "%s:sha256:%s".formatted(property == null ? "" : property, sha256);
    }

    /**
     * The dedupe keys of an object with these blobs, each sufficient by itself; empty when nothing identifies the
     * content. Several blobs have one key over all of them.
     */
    static List<String> keys(List<Blob> blobs) {
        if (blobs.isEmpty()) {
            return List.of();
        }
        if (blobs.size() == 1) {
            return keys(blobs.getFirst());
        }
        StringBuilder all = new StringBuilder();
        for (Blob blob : blobs) {
            if (keys(blob).isEmpty()) {
                return List.of();
            }
        }
        blobs.stream().map(blob -> keys(blob).getLast()).sorted().forEach(key -> canonicalize(key, all));
        return List.of("all:sha256:" + hash(all));
    }

    /** Whether two single blobs differ by their SHA-256s, even if their MD5s are equal. */
    static boolean differ(List<Blob> some, List<Blob> others) {
        String one = some.size() == 1 ? some.getFirst().sha256() : null;
        String other = others.size() == 1 ? others.getFirst().sha256() : null;
        return one != null && other != null && !one.equals(other);
    }

    /** The strongest one comes last. */
    private static List<String> keys(Blob blob) {
        List<String> keys = new ArrayList<>(2);
        if (blob.md5() != null) {
            keys.add("%s:md5:%s:%d".formatted(blob.property(), blob.md5(), blob.sizeBytes()));
        }
        if (blob.sha256() != null) {
            keys.add(sha256Key(blob.property(), blob.sha256()));
        } else if (blob.key() == null) {
            StringBuilder content = new StringBuilder();
            canonicalize(blob.inline() == null ? "url:" + blob.url() : blob.inline(), content);
            keys.add("%s:value:%s".formatted(blob.property(), hash(content)));
        }
        return keys;
    }

    private static @Nullable Object value(Map<String, Object> metadata, String path) {
        Object value = metadata;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    /** Canonical form: equal for equal JSON, different for different; lengths keep adjacent values apart. */
    private static void canonicalize(@Nullable Object value, StringBuilder out) {
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
                    canonicalize(key, out);
                    canonicalize(item, out);
                });
            }
            case List<?> list -> {
                out.append('[').append(list.size());
                list.forEach(item -> canonicalize(item, out));
            }
            default -> {
                String text = value.toString();
                out.append('s').append(text.length()).append(':').append(text);
            }
        }
        out.append(';');
    }

    private static String hash(CharSequence text) {
        return DigestUtils.sha256Hex(text.toString());
    }
}
