package dev.waybill.syncs.mapping;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.FileFormat;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.buckets.SchemaField;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A property of objects that the file itself may fill.
 *
 * @param property null where each file's type decides
 * @param mediaType what files are said to be, whatever their bytes show; null to go by the bytes
 */
record BlobEntry(
        BlobType type, @Nullable String property, @Nullable String mediaType) {

    /** Where types overlap, the property of the narrower one is meant. */
    static final List<FieldType> NARROW_FIRST = List.of(
            FieldType.IMAGE,
            FieldType.VIDEO,
            FieldType.AUDIO,
            FieldType.PDF,
            FieldType.EXCEL,
            FieldType.JSON,
            FieldType.TEXT,
            FieldType.DOCUMENT,
            FieldType.BINARY);

    String mediaTypeOf(String detected) {
        return mediaType == null ? detected : mediaType;
    }

    /** The property that a file fills; empty when none or several would do. */
    Optional<PropertyChoice> choose(BucketSchema schema, String filename, String detected) {
        String told = mediaTypeOf(detected);
        if (!type.takes(told)) {
            return Optional.empty();
        }
        String judged = type.judged(told);
        if (property == null) {
            return narrowest(PropertyChoice.takers(schema, filename, each -> FileFormat.fits(each, judged)));
        }
        SchemaField named = schema.properties().get(property);
        return named != null && FileFormat.fits(named.type(), judged)
                ? Optional.of(new PropertyChoice(property, named.type()))
                : Optional.empty();
    }

    private static Optional<PropertyChoice> narrowest(List<PropertyChoice> takers) {
        for (FieldType each : NARROW_FIRST) {
            List<PropertyChoice> ofType =
                    takers.stream().filter(taker -> taker.type() == each).toList();
            if (!ofType.isEmpty()) {
                return ofType.size() == 1 ? Optional.of(ofType.getFirst()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
