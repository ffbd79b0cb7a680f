package dev.waybill.syncs.mapping;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.buckets.SchemaCheck;
import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.json.FreeJson;
import dev.waybill.syncs.mapping.MappingResult.MappingProblem;
import dev.waybill.syncs.mapping.MappingResult.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** A sync's {@code schema_mapping}, validated against the schema of its bucket: maps files to objects. */
public final class SchemaMapping {

    private static final List<Object> METADATA = List.of("metadata");

    private final BucketSchema schema;
    private final Map<String, Object> json;
    private final List<BlobEntry> blobs;
    private final List<LinkEntry> links;
    private final List<FieldEntry> fields;

    /** @param blobs the first that accepts a file wins */
    SchemaMapping(
            BucketSchema schema,
            Map<String, Object> json,
            List<BlobEntry> blobs,
            List<LinkEntry> links,
            List<FieldEntry> fields) {
        this.schema = schema;
        this.json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
        this.blobs = List.copyOf(blobs);
        this.links = List.copyOf(links);
        this.fields = List.copyOf(fields);
    }

    /**
     * Reads a mapping as a caller sent it or as {@link #json} gave it.
     *
     * @param raw null for none: a file then fills the property {@code content}, or else the only one that accepts it
     * @param provider canonical; sources of values that it does not support are refused
     * @param at path of the mapping in the request, such as {@code body.schema_mapping}
     * @throws dev.waybill.platform.errors.InvalidRequest with all violations, also for a mapping that was valid before
     *     the bucket's schema changed
     */
    public static SchemaMapping read(
            @Nullable Map<String, ? extends @Nullable Object> raw, Bucket bucket, String provider, String at) {
        return new MappingReader(bucket.schema(), provider).read(raw, List.of((Object[]) at.split("\\.")));
    }

    /** As returned and stored: every entry has its kind and its source's, and {@code mappings} is always present. */
    public Map<String, Object> json() {
        return json;
    }

    /** Equal for mappings with the same results in buckets of the same schema: 64 hexadecimal digits. */
    public String hash() {
        return DigestUtils.sha256Hex(json + "\n" + schema);
    }

    /** Whether {@link #map} needs a file's tags. */
    public boolean needsTags() {
        return Stream.concat(
                        fields.stream().map(FieldEntry::source), links.stream().map(LinkEntry::url))
                .anyMatch(ValueSource.Tag.class::isInstance);
    }

    /**
     * Maps a file.
     *
     * @param shown the format of its bytes
     * @param metadata user metadata, names in lower case
     * @param tags empty unless {@link #needsTags}, or when there are none
     */
    public MappingResult map(
            SourceFile file, ShownFormat shown, Map<String, String> metadata, Map<String, String> tags) {
        SourceFacts sourceFacts = new SourceFacts(file, metadata, tags);
        PropertyMatch.Nowhere why = PropertyMatch.Nowhere.AT_ALL;
        for (BlobEntry blob : blobs) {
            switch (blob.choose(schema, file.name(), shown)) {
                case PropertyMatch.Into into -> {
                    if (!isLinked(into.property().name())) {
                        return withFields(into.property(), into.mediaType(), sourceFacts);
                    }
                }
                case PropertyMatch.Nowhere nowhere -> why = why.misfit() == null ? nowhere : why;
            }
        }
        return nowhere(sourceFacts, shown.of(null).mediaType(), why);
    }

    /**
     * Matches a linked file against the link's property.
     *
     * @param link of a result of {@link #map}
     * @param shown the format of its bytes
     */
    public PropertyMatch fill(MappingResult.Link link, String filename, ShownFormat shown) {
        return links.stream()
                .filter(entry -> entry.property().equals(link.property()))
                .map(entry -> entry.blob().choose(schema, filename, shown))
                .findFirst()
                .orElse(PropertyMatch.Nowhere.AT_ALL);
    }

    private boolean isLinked(String property) {
        return links.stream().anyMatch(link -> link.property().equals(property));
    }

    /** A missing URL leaves its property empty. */
    private List<MappingResult.Link> links(SourceFacts sourceFacts) {
        List<MappingResult.Link> found = new ArrayList<>();
        for (LinkEntry entry : links) {
            if (entry.url().of(sourceFacts) instanceof String url && !url.isBlank()) {
                found.add(new MappingResult.Link(entry.property(), entry.type(), url.strip()));
            }
        }
        return found;
    }

    private MappingResult withFields(PropertyChoice choice, String mediaType, SourceFacts sourceFacts) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        for (FieldEntry field : fields) {
            @Nullable Object value;
            try {
                value = field.of(sourceFacts);
            } catch (IllegalArgumentException unfit) {
                return new MappingProblem(
                        Reason.SCHEMA_MISMATCH,
                        "The value for '%s' %s; mend it at the source, or change the field's transform."
                                .formatted(field.target(), unfit.getMessage()));
            }
            if (value != ValueSource.MISSING) {
                metadata.put(field.target(), value);
            } else if (field.isRequired()) {
                return new MappingProblem(
                        Reason.MAPPING_REQUIRED,
                        ("The field '%s' is required, and the file has no value for it; give it one, or make the field"
                                        + " optional.")
                                .formatted(field.target()));
            }
        }
        List<Violation> violations = new ArrayList<>(SchemaCheck.violations(schema, metadata, METADATA));
        FreeJson.metadataViolation(METADATA, metadata).ifPresent(violations::add);
        return violations.isEmpty()
                ? new MappingResult.Mapped(choice.name(), choice.type(), mediaType, metadata, links(sourceFacts))
                : new MappingProblem(Reason.SCHEMA_MISMATCH, mismatch(violations.getFirst()));
    }

    private static String mismatch(Violation violation) {
        String location = violation.location().stream().map(String::valueOf).collect(Collectors.joining("."));
        String hint = violation.type().endsWith("_type") ? "; the transform json_parse makes values of texts" : "";
        return "The mapped %s %s%s.".formatted(location, violation.message(), hint);
    }

    private MappingResult nowhere(SourceFacts sourceFacts, String detected, PropertyMatch.Nowhere why) {
        boolean isKnown =
                Stream.of(FileKind.values()).anyMatch(kind -> kind != FileKind.BINARY && kind.takes(detected));
        String name = sourceFacts.file().name();
        String what = why.misfit() == null
                ? "'%s' is %s, which no single property takes by the mapping; the"
                        .formatted(name, MediaTypes.label(detected))
                : "'%s' does not fit '%s': %s. The"
                        .formatted(name, why.property(), why.misfit().reason());
        String properties = PropertyChoice.takers(schema, "", FieldType::isBlob).stream()
                .map(taker -> "%s (%s)".formatted(taker.name(), taker.type().wire()))
                .collect(Collectors.joining(", "));
        return new MappingProblem(
                isKnown && sourceFacts.file().sizeBytes() > 0 ? Reason.SCHEMA_MISMATCH : Reason.UNSUPPORTED,
                what + " bucket's blob properties are: " + properties + ". Map it to one of them, or filter it out.");
    }

    @Override
    public String toString() {
        return "SchemaMapping" + json;
    }
}
