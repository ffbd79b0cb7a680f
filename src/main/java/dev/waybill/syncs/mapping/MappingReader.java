package dev.waybill.syncs.mapping;

import static dev.waybill.platform.errors.Violations.below;
import static java.util.Objects.requireNonNull;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.fetch.UrlFetcher;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.json.FreeJson;
import dev.waybill.platform.json.WireName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parses and validates a mapping against a schema, and collects all violations. */
final class MappingReader {

    private static final String CONTENT = "content";
    private static final int MAX_ENTRIES = 100;
    private static final int MAX_NAME = 100;
    private static final String EXAMPLE =
            "{\"title\": {\"target_type\": \"field\", \"source\": {\"type\": \"metadata\", \"key\": \"title\"}}}";
    private static final String TRANSFORMS = wires(Transform.values());
    private static final String BLOB_TYPES = wires(BlobType.values());

    private final BucketSchema schema;
    private final Violations violations = new Violations();
    private final SourceReader sources;
    private final List<BlobEntry> blobs = new ArrayList<>();
    private final List<FieldEntry> fields = new ArrayList<>();
    private final List<LinkEntry> links = new ArrayList<>();
    private boolean hasFile;

    MappingReader(BucketSchema schema, String provider) {
        this.schema = schema;
        this.sources = new SourceReader(provider, violations);
    }

    SchemaMapping read(@Nullable Map<String, ? extends @Nullable Object> raw, List<Object> at) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (raw != null) {
            entries(raw.get("mappings"), below(at, "mappings"), entries);
        }
        if (!hasFile) {
            withoutFile(at);
        }
        keepApart(below(at, "mappings"));
        violations.refuse();
        return new SchemaMapping(schema, Map.of("mappings", entries), blobs, links, fields);
    }

    private void entries(@Nullable Object raw, List<Object> at, Map<String, Object> entries) {
        if (!violations.has(at, raw)) {
            return;
        }
        if (!(raw instanceof Map<?, ?> mappings)) {
            violations.add(at, "Input should be an object such as " + EXAMPLE, "dict_type");
            return;
        }
        if (mappings.size() > MAX_ENTRIES) {
            violations.add(at, "There should be at most %d entries".formatted(MAX_ENTRIES), "too_long");
            return;
        }
        mappings.forEach((name, entry) -> {
            String target = String.valueOf(name);
            List<Object> location = below(at, target);
            if (target.isEmpty() || target.length() > MAX_NAME) {
                violations.add(
                        location,
                        "A target's name should have 1 to %d characters".formatted(MAX_NAME),
                        "string_length");
            } else {
                FreeJson.metadataViolation(location, Map.of(target, true)).ifPresent(violations::add);
            }
            Map<String, Object> json = entry(target, entry, location);
            if (json != null) {
                entries.put(target, json);
            }
        });
    }

    private @Nullable Map<String, Object> entry(String target, @Nullable Object raw, List<Object> at) {
        if (!(raw instanceof Map<?, ?> entry)) {
            violations.add(at, "Input should be an object such as that of " + EXAMPLE, "dict_type");
            return null;
        }
        SourceReader.Read source =
                sources.read(entry.get("source"), below(at, "source")).orElse(null);
        if (source == null) {
            return null;
        }
        Object kind = entry.get("target_type");
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("target_type", kind == null ? source.isFile() ? "blob" : "field" : kind);
        json.put("source", source.json());
        return switch (String.valueOf(json.get("target_type"))) {
            case "blob" -> blob(target, entry, source, json, at);
            case "field" -> field(target, entry, source, json, at);
            default -> {
                violations.add(below(at, "target_type"), "Input should be 'field' or 'blob'", "enum");
                yield null;
            }
        };
    }

    private @Nullable Map<String, Object> field(
            String target, Map<?, ?> entry, SourceReader.Read source, Map<String, Object> json, List<Object> at) {
        Object required = entry.get("required");
        if (required != null && !(required instanceof Boolean)) {
            violations.add(below(at, "required"), "Input should be true or false", "bool_type");
        }
        boolean isRequired = Boolean.TRUE.equals(required);
        Object named = entry.get("transform");
        Transform transform = null;
        if (named != null) {
            transform = Arrays.stream(Transform.values())
                    .filter(each -> each.wire().equals(named))
                    .findFirst()
                    .orElse(null);
            if (transform == null) {
                violations.add(below(at, "transform"), "Input should be one of: " + TRANSFORMS, "enum");
            } else {
                json.put("transform", named);
            }
        }
        json.put("required", isRequired);
        ValueSource value = source.value();
        if (value == null) {
            violations.add(
                    below(below(at, "source"), "type"),
                    "the file itself is no field's value; use target_type 'blob' for it",
                    "value_error");
            return null;
        }
        fields.add(new FieldEntry(target, value, transform, isRequired));
        return json;
    }

    private @Nullable Map<String, Object> blob(
            String target, Map<?, ?> entry, SourceReader.Read source, Map<String, Object> json, List<Object> at) {
        ValueSource url = source.value();
        hasFile |= url == null;
        if (url != null && !mayBeUrl(url, below(at, "source"))) {
            return null;
        }
        Object override = entry.get("mime_type_override");
        if (override != null
                && !(override instanceof String text
                        && MediaTypes.normalize(text).isPresent())) {
            violations.add(
                    below(at, "mime_type_override"),
                    "Input should be a media type such as video/mp4",
                    "string_pattern_mismatch");
            return null;
        }
        BlobType type = blobType(entry.get("blob_type"), below(at, "blob_type"));
        Object sent = entry.get("blob_property");
        String named =
                url != null && sent == null && isBlob(target) ? target : blobProperty(sent, below(at, "blob_property"));
        if (type == null || named == null) {
            return null;
        }
        String property = property(type, named, target, at);
        String mediaType = override == null
                ? null
                : MediaTypes.normalize(override.toString()).orElse(null);
        add(new BlobEntry(type.isInContract() ? type : BlobType.AUTO, property, mediaType), url, at);
        json.put("blob_type", (type.isInContract() ? type : BlobType.AUTO).wire());
        json.put("blob_property", type.isInContract() || property == null ? named : property);
        if (override != null) {
            json.put("mime_type_override", override);
        }
        return json;
    }

    private void add(BlobEntry blob, @Nullable ValueSource url, List<Object> at) {
        if (url == null) {
            blobs.add(blob);
        } else if (blob.property() == null) {
            violations.add(
                    below(at, "blob_property"),
                    "say which property is to hold what the URL leads to; the bucket's blob properties are: "
                            + blobProperties(),
                    "missing");
        } else {
            links.add(new LinkEntry(blob, blob.property(), typeOf(blob.property()), url));
        }
    }

    /** Names and folders are never URLs; constants are validated at once. */
    private boolean mayBeUrl(ValueSource source, List<Object> at) {
        return switch (source) {
            case ValueSource.Tag tag -> true;
            case ValueSource.Metadata metadata -> true;
            case ValueSource.Constant constant -> isUrl(constant.value(), below(at, "value"));
            case ValueSource.FilenameRegex name -> noUrl(at);
            case ValueSource.FolderPath path -> noUrl(at);
        };
    }

    private boolean isUrl(@Nullable Object value, List<Object> at) {
        try {
            UrlFetcher.check(value instanceof String url ? url : "");
            return true;
        } catch (WaybillException refused) {
            violations.add(at, String.valueOf(refused.getMessage()), "url_parsing");
            return false;
        }
    }

    private boolean noUrl(List<Object> at) {
        violations.add(
                below(at, "type"),
                "a blob is the file itself, {\"type\": \"file\"}, or what a URL leads to that stands in its metadata, a tag"
                        + " or a constant; use target_type 'field' for other values",
                "value_error");
        return false;
    }

    /** The file itself and each linked file need properties of their own. */
    private void keepApart(List<Object> at) {
        List<String> filled = new ArrayList<>();
        blobs.stream().flatMap(blob -> Stream.ofNullable(blob.property())).forEach(filled::add);
        links.forEach(link -> {
            if (filled.contains(link.property())) {
                violations.add(
                        at,
                        "several entries fill the property '%s'; what a URL leads to needs one of its own"
                                .formatted(link.property()),
                        "value_error");
            }
            filled.add(link.property());
        });
    }

    private @Nullable BlobType blobType(@Nullable Object sent, List<Object> at) {
        if (sent == null) {
            return BlobType.AUTO;
        }
        for (BlobType type : BlobType.values()) {
            if (type.wire().equals(sent)) {
                return type;
            }
        }
        violations.add(at, "Input should be one of: " + BLOB_TYPES, "enum");
        return null;
    }

    private @Nullable String blobProperty(@Nullable Object sent, List<Object> at) {
        if (sent == null) {
            return CONTENT;
        }
        if (!(sent instanceof String name) || name.isEmpty() || name.length() > MAX_NAME) {
            violations.add(at, "Input should be a string of 1 to %d characters".formatted(MAX_NAME), "string_type");
            return null;
        }
        SchemaField field = schema.properties().get(name);
        // The default property may be no blob without an error of the caller: see property().
        if (field != null && !field.type().isBlob() && !name.equals(CONTENT)) {
            violations.add(
                    at,
                    "'%s' is of type %s, which holds no file; the bucket's blob properties are: %s"
                            .formatted(name, field.type().wire(), blobProperties()),
                    "value_error");
            return null;
        }
        return name;
    }

    /** The property of the entry; null to choose it by each file's type. */
    private @Nullable String property(BlobType type, String named, String target, List<Object> at) {
        String property = isBlob(named) ? named : isBlob(target) ? target : null;
        if (property == null) {
            return byType(type, below(at, "blob_property"));
        }
        FieldType declared = typeOf(property);
        if (!type.mayFill(declared)) {
            violations.add(
                    below(at, "blob_type"),
                    "the property '%s' is of type %s, which is not for %s"
                            .formatted(property, declared.wire(), type.wire()),
                    "value_error");
        }
        return property;
    }

    /** The only property that fits; null where several do and each file's type decides. */
    private @Nullable String byType(BlobType type, List<Object> at) {
        List<PropertyChoice> takers = PropertyChoice.takers(schema, "", type::mayFill);
        if (takers.isEmpty()) {
            violations.add(
                    at,
                    "no property of the bucket's schema takes such files; its blob properties are: " + blobProperties(),
                    "value_error");
        }
        if (takers.size() == 1) {
            return takers.getFirst().name();
        }
        takers.stream()
                .collect(Collectors.groupingBy(PropertyChoice::type, LinkedHashMap::new, Collectors.toList()))
                .forEach((each, same) -> {
                    if (same.size() > 1) {
                        violations.add(
                                at,
                                ("several properties are of type %s: %s; map the file to one of them by a blob entry"
                                                + " with blob_property")
                                        .formatted(each.wire(), names(same)),
                                "value_error");
                    }
                });
        return null;
    }

    /** Default without a blob entry: {@code content}, and by type what that does not accept. */
    private void withoutFile(List<Object> at) {
        boolean isFree = links.stream().noneMatch(link -> link.property().equals(CONTENT));
        if (isBlob(CONTENT) && isFree) {
            blobs.add(new BlobEntry(BlobType.AUTO, CONTENT, null));
            blobs.add(new BlobEntry(BlobType.AUTO, null, null));
        } else {
            blobs.add(new BlobEntry(BlobType.AUTO, byType(BlobType.AUTO, at), null));
        }
    }

    private boolean isBlob(String name) {
        SchemaField field = schema.properties().get(name);
        return field != null && field.type().isBlob();
    }

    private FieldType typeOf(String property) {
        return requireNonNull(schema.properties().get(property)).type();
    }

    private String blobProperties() {
        return names(PropertyChoice.takers(schema, "", FieldType::isBlob));
    }

    private static String names(List<PropertyChoice> choices) {
        return choices.isEmpty()
                ? "none"
                : choices.stream()
                        .map(each ->
                                "%s (%s)".formatted(each.name(), each.type().wire()))
                        .collect(Collectors.joining(", "));
    }

    private static String wires(WireName[] values) {
        return Arrays.stream(values).map(WireName::wire).collect(Collectors.joining(", "));
    }
}
