package dev.waybill.buckets;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The blob property of a bucket's schema that a file is stored in.
 *
 * @param name as in the schema
 */
public record PropertyChoice(String name, FieldType type) {

    /**
     * Chooses the property of a file: the named one; else the one that the file is named after; else the only one that
     * takes such a file, a narrow type such as image before a wide one such as binary. A file of unknown type goes to
     * the one that takes anything, or else to the one for text.
     *
     * @param contentType as the client sent it
     * @param isEmpty whether the file is known to have no bytes: then any named blob property is taken
     * @throws WaybillException 400, naming the candidates, when none or several match
     */
    public static PropertyChoice choose(
            Bucket bucket,
            @Nullable String named,
            @Nullable String blobType,
            String filename,
            String contentType,
            boolean isEmpty) {
        Map<String, SchemaField> properties = bucket.schema().properties();
        boolean isAny = isEmpty && named != null;
        List<String> expected = isAny ? List.of() : Formats.expected(contentType, filename);
        if (named != null) {
            return ofName(properties, named, blobType, filename, contentType, expected);
        }
        List<PropertyChoice> candidates = takers(bucket.schema(), filename, type -> takes(type, blobType, expected));
        List<PropertyChoice> likeliest = likeliest(candidates, expected);
        if (likeliest.size() == 1) {
            return likeliest.getFirst();
        }
        throw undecided(
                likeliest, properties, blobType, "%s such as '%s'".formatted(phrase(expected), filename), filename);
    }

    /** The candidate with the narrowest type; empty when there is none, or several. */
    public static Optional<PropertyChoice> narrowest(List<PropertyChoice> takers) {
        List<PropertyChoice> narrow = allNarrowest(takers);
        return narrow.size() == 1 ? Optional.of(narrow.getFirst()) : Optional.empty();
    }

    /** The candidates with the narrowest type; empty when there are no candidates. */
    public static List<PropertyChoice> allNarrowest(List<PropertyChoice> takers) {
        return Stream.of(FileKind.values())
                .map(kind -> takers.stream()
                        .filter(taker -> taker.type().kind() == kind)
                        .toList())
                .filter(ofKind -> !ofKind.isEmpty())
                .findFirst()
                .orElse(takers);
    }

    /** Narrows by the likeliest media type; if unknown, to the one that takes anything, or else the one for text. */
    private static List<PropertyChoice> likeliest(List<PropertyChoice> candidates, List<String> expected) {
        for (String mediaType : expected) {
            List<PropertyChoice> narrower = candidates.stream()
                    .filter(candidate -> candidate.type() != FieldType.BINARY
                            && candidate.type().takes(mediaType))
                    .toList();
            if (!narrower.isEmpty()) {
                return allNarrowest(narrower);
            }
        }
        List<PropertyChoice> any = candidates.stream()
                .filter(candidate -> candidate.type() == FieldType.BINARY)
                .toList();
        List<PropertyChoice> forText = candidates.stream()
                .filter(candidate -> isForText(candidate.type()))
                .toList();
        List<PropertyChoice> likeliest = any.isEmpty() ? allNarrowest(forText) : any;
        return likeliest.size() == 1 ? likeliest : candidates;
    }

    /** As {@link #choose}, for uploads that create no object: empty when no property or several match. */
    public static Optional<PropertyChoice> chooseIfAny(
            Bucket bucket,
            @Nullable String named,
            @Nullable String blobType,
            String filename,
            String contentType,
            boolean isEmpty) {
        try {
            return Optional.of(choose(bucket, named, blobType, filename, contentType, isEmpty));
        } catch (WaybillException undecided) {
            if (named != null) {
                throw undecided;
            }
            return Optional.empty();
        }
    }

    /**
     * The blob properties that take a file, in the schema's order; only the one that the file is named after, if any.
     *
     * @param takes whether a property of that blob type takes the file
     */
    public static List<PropertyChoice> takers(BucketSchema schema, String filename, Predicate<FieldType> takes) {
        List<PropertyChoice> takers = schema.properties().entrySet().stream()
                .map(entry ->
                        new PropertyChoice(entry.getKey(), entry.getValue().type()))
                .filter(choice -> choice.type().isBlob() && takes.test(choice.type()))
                .toList();
        String stem = stem(filename);
        return takers.stream()
                .filter(taker -> taker.name().equals(stem))
                .findFirst()
                .map(List::of)
                .orElse(takers);
    }

    private static PropertyChoice ofName(
            Map<String, SchemaField> properties,
            String named,
            @Nullable String blobType,
            String filename,
            String contentType,
            List<String> expected) {
        SchemaField field = properties.get(named);
        if (field == null || !field.type().isBlob()) {
            throw new WaybillException(
                    ErrorCode.BLOB_PROPERTY_UNKNOWN,
                    "blob_property '%s' is no blob property of the bucket's schema; it has: %s"
                            .formatted(
                                    named, String.join(", ", blobs(properties).keySet())),
                    Map.of(
                            "field",
                            "blob_property",
                            "candidates",
                            List.copyOf(blobs(properties).keySet())));
        }
        if (!takes(field.type(), blobType, expected)) {
            throw new WaybillException(
                    ErrorCode.INVALID_FILE_FORMAT,
                    unfit(named, field.type(), blobType, filename, expected),
                    Map.of("field", "blob_property", "expected", field.type().wire(), "content_type", contentType));
        }
        return new PropertyChoice(named, field.type());
    }

    private static String unfit(
            String named, FieldType type, @Nullable String blobType, String filename, List<String> expected) {
        FileKind kind = type.kind();
        return isOfBlobType(type, blobType) && kind != null
                ? "blob_property '%s' takes %s, not %s such as '%s'; if the file is something else, say so in content_type"
                        .formatted(named, kind.phrase(), phrase(expected), filename)
                : "blob_property '%s' is of type %s, not of blob_type '%s'; leave out one of the two"
                        .formatted(named, type.wire(), blobType);
    }

    private static String phrase(List<String> expected) {
        return MediaTypes.phrase(expected.isEmpty() ? MediaTypes.UNKNOWN : expected.getFirst());
    }

    private static WaybillException undecided(
            List<PropertyChoice> candidates,
            Map<String, SchemaField> properties,
            @Nullable String blobType,
            String file,
            String filename) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", "blob_property");
        if (candidates.isEmpty()) {
            details.put("candidates", blobs(properties));
            return new WaybillException(
                    ErrorCode.BLOB_PROPERTY_UNKNOWN,
                    "No property of the bucket's schema%s takes %s; if the file is something else, say so in content_type; its blob properties are: %s"
                            .formatted(
                                    blobType == null ? "" : " of blob_type '%s'".formatted(blobType),
                                    file,
                                    describe(blobs(properties))),
                    details);
        }
        List<String> names = candidates.stream().map(PropertyChoice::name).toList();
        details.put("candidates", names);
        return new WaybillException(
                ErrorCode.BLOB_PROPERTY_AMBIGUOUS,
                "Several properties of the bucket's schema take '%s'; say which in blob_property: %s"
                        .formatted(filename, String.join(", ", names)),
                details);
    }

    private static boolean takes(FieldType type, @Nullable String blobType, List<String> expected) {
        // A media type that the client leaves unknown is decided at confirm, from the bytes.
        FileKind kind = type.kind();
        return isOfBlobType(type, blobType) && kind != null && kind.mayTake(expected);
    }

    private static boolean isOfBlobType(FieldType type, @Nullable String blobType) {
        return blobType == null || type.wire().equals(blobType.toLowerCase(Locale.ROOT));
    }

    private static boolean isForText(FieldType type) {
        return type == FieldType.TEXT || type == FieldType.DOCUMENT;
    }

    private static String describe(Map<String, String> blobs) {
        return blobs.isEmpty()
                ? "none"
                : blobs.entrySet().stream()
                        .map(blob -> "%s (%s)".formatted(blob.getKey(), blob.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static Map<String, String> blobs(Map<String, SchemaField> properties) {
        Map<String, String> blobs = new LinkedHashMap<>();
        properties.forEach((name, field) -> {
            if (field.type().isBlob()) {
                blobs.put(name, field.type().wire());
            }
        });
        return blobs;
    }

    private static String stem(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot <= 0 ? filename : filename.substring(0, dot);
    }
}
