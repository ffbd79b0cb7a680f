package dev.waybill.buckets;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validation of a bucket's fields, for create and update alike. */
final class BucketRules {

    /** Names that start like an id are refused, as identifiers must be unambiguous; so are {@code .} and {@code ..}. */
    static final String NAME_FORM = "^(?!bkt_)(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}$";

    private static final Pattern NAME = Pattern.compile(NAME_FORM);
    private static final String NAME_MESSAGE =
            "must be 1 to 128 letters, digits, '-', '_' or '.', and must not start with 'bkt_', as ids do";
    static final int MAX_DESCRIPTION = 4096;
    private static final int MAX_KEY_FIELDS = 16;
    private static final Set<String> POLICIES = Set.of("insert", "update", "upsert");

    private final Violations violations = new Violations();

    String name(@Nullable String name) {
        violations.form(List.of("body", "bucket_name"), name, NAME, NAME_MESSAGE);
        return name == null ? "" : name;
    }

    void description(@Nullable String description) {
        violations.atMost(List.of("body", "description"), description, MAX_DESCRIPTION);
    }

    void metadata(@Nullable Map<String, Object> metadata) {
        FreeJson.metadataViolation(List.of("body", "metadata"), metadata).ifPresent(violations::add);
    }

    BucketSchema schema(@Nullable BucketSchemaRequest schema) {
        return new SchemaReader(violations).read(schema);
    }

    @Nullable
    UniqueKey uniqueKey(@Nullable UniqueKeyRequest request, BucketSchema schema) {
        if (request == null) {
            return null;
        }
        List<Object> at = List.of("body", "unique_key", "fields");
        List<@Nullable String> fields = request.fields();
        Set<String> names = new HashSet<>();
        if (fields == null) {
            violations.has(at, null);
        } else if (fields.isEmpty() || fields.size() > MAX_KEY_FIELDS) {
            violations.add(
                    at,
                    "List should have 1 to %d items".formatted(MAX_KEY_FIELDS),
                    fields.isEmpty() ? "too_short" : "too_long");
        } else {
            for (int i = 0; i < fields.size(); i++) {
                keyField(i, fields.get(i), schema, names);
            }
        }
        String policy = request.defaultPolicy();
        if (policy != null && !POLICIES.contains(policy)) {
            violations.add(
                    List.of("body", "unique_key", "default_policy"),
                    "Input should be insert, update or upsert",
                    "enum");
        }
        return new UniqueKey(
                fields == null
                        ? List.of()
                        : fields.stream().map(String::valueOf).toList(),
                policy);
    }

    /** @throws dev.waybill.platform.errors.InvalidRequest naming everything that was wrong */
    void refuse() {
        violations.refuse();
    }

    private void keyField(int index, @Nullable String name, BucketSchema schema, Set<String> names) {
        List<Object> at = List.of("body", "unique_key", "fields", index);
        if (name == null) {
            violations.has(at, null);
            return;
        }
        SchemaField field = find(name, schema);
        if (field == null) {
            violations.add(
                    at,
                    "The schema has no property '%s'; use one of: %s"
                            .formatted(
                                    name, String.join(", ", schema.properties().keySet())),
                    "value_error");
        } else if (field.type().isBlob()) {
            violations.add(
                    at,
                    "'%s' is a file (%s) and cannot be part of a key; use a property that describes metadata"
                            .formatted(name, field.type().wire()),
                    "value_error");
        } else if (!names.add(name)) {
            violations.add(at, "'%s' is named twice".formatted(name), "duplicate");
        }
    }

    private static @Nullable SchemaField find(String path, BucketSchema schema) {
        Map<String, SchemaField> properties = new LinkedHashMap<>(schema.properties());
        SchemaField field = null;
        for (String name : path.split("\\.", -1)) {
            field = properties.get(name);
            if (field == null) {
                return null;
            }
            Map<String, SchemaField> nested = field.properties();
            properties = nested == null ? Map.of() : nested;
        }
        return field;
    }
}
