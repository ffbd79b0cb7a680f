package dev.waybill.syncs.mapping;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.buckets.SchemaField;
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
            return PropertyChoice.narrowest(PropertyChoice.takers(schema, filename, each -> each.takes(judged)));
        }
        SchemaField named = schema.properties().get(property);
        return named != null && named.type().takes(judged)
                ? Optional.of(new PropertyChoice(property, named.type()))
                : Optional.empty();
    }
}
