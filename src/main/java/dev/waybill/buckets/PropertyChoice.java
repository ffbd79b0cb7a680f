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
 * The schema's property that a file fills.
 *
 * @param name as the schema has it
 */
public record PropertyChoice(String name, FieldType type) {

    /**
     * Chooses it: the named one; else the one that the file is named after; else the only one that takes such a file, a
     * narrow one such as an image before a wide one such as a binary. Of a file that nobody knows anything of it is the
     * one that takes anything, or else the one for text.
     *
     * @param contentType as the client sent it
     * @param isEmpty whether it is known to have no bytes: then whether the named one may be empty is all that counts
     * @throws WaybillException 400, naming the candidates, when none or several would do
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
        List<PropertyChoice> meant = meant(candidates, expected);
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        throw undecided(meant, properties, blobType, "%s such as '%s'".formatted(phrase(expected), filename), filename);
    }

    /** The one with the narrowest type; empty when there is none, or several. */
    public static Optional<PropertyChoice> narrowest(List<PropertyChoice> takers) {
        List<PropertyChoice> narrow = allNarrowest(takers);
        return narrow.size() == 1 ? Optional.of(narrow.getFirst()) : Optional.empty();
    }

    /** Those with the narrowest type; none of none. */
    public static List<PropertyChoice> allNarrowest(List<PropertyChoice> takers) {
        return Stream.of(FileKind.values())
                .map(kind -> takers.stream()
                        .filter(taker -> taker.type().kind() == kind)
                        .toList())
                .filter(ofKind -> !ofKind.isEmpty())
                .findFirst()
                .orElse(takers);
    }

    /** What is likeliest to be in the file decides; who knows nothing of it leaves it to the one that takes anything. */
    private static List<PropertyChoice> meant(List<PropertyChoice> candidates, List<String> expected) {
        for (String mediaType : expected) {
            List<PropertyChoice> special = candidates.stream()
                    .filter(candidate -> candidate.type() != FieldType.BINARY
                            && candidate.type().takes(mediaType))
                    .toList();
            if (!special.isEmpty()) {
                return allNarrowest(special);
            }
        }
        List<PropertyChoice> any = candidates.stream()
                .filter(candidate -> candidate.type() == FieldType.BINARY)
                .toList();
        List<PropertyChoice> words = candidates.stream()
                .filter(candidate -> isForText(candidate.type()))
                .toList();
        List<PropertyChoice> likeliest = any.isEmpty() ? allNarrowest(words) : any;
        return likeliest.size() == 1 ? likeliest : candidates;
    }

    /** The same, for uploads that make no object: no choice is no failure there. */
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
     * The blob properties that would do, in the schema's order: the one that the file is named after stands for all.
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
        return isAsTold(type, blobType) && kind != null
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
            String told,
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
                                    told,
                                    told(blobs(properties))),
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
        // What the client calls unknown bytes is settled at confirm, from the bytes.
        FileKind kind = type.kind();
        return isAsTold(type, blobType) && kind != null && kind.mayTake(expected);
    }

    private static boolean isAsTold(FieldType type, @Nullable String blobType) {
        return blobType == null || type.wire().equals(blobType.toLowerCase(Locale.ROOT));
    }

    private static boolean isForText(FieldType type) {
        return type == FieldType.TEXT || type == FieldType.DOCUMENT;
    }

    private static String told(Map<String, String> blobs) {
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
