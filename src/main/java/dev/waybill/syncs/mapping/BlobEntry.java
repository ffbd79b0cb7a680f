package dev.waybill.syncs.mapping;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.DetectionResult.Misfit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A blob entry of a mapping: a property of objects that is filled with the file itself.
 *
 * @param property null to choose it by each file's type
 * @param mediaType overrides the detected media type; null to use the detected one
 */
record BlobEntry(
        BlobType type, @Nullable String property, @Nullable String mediaType) {

    PropertyMatch choose(BucketSchema schema, String filename, ShownFormat shown) {
        String effectiveType = mediaType == null ? shown.of(null).mediaType() : mediaType;
        if (property != null) {
            SchemaField named = schema.properties().get(property);
            return named == null || !named.type().isBlob()
                    ? PropertyMatch.Nowhere.AT_ALL
                    : into(new PropertyChoice(property, named.type()), effectiveType, shown);
        }
        String judged = type.judged(effectiveType);
        List<PropertyChoice> takers = type.takes(effectiveType)
                ? PropertyChoice.takers(schema, filename, each -> each.takes(judged))
                : List.of();
        if (takers.isEmpty() && mediaType == null) {
            // Some formats are detected only when that kind is expected.
            takers = PropertyChoice.takers(schema, filename, each -> fits(each, shown));
        }
        Optional<PropertyChoice> narrowest = PropertyChoice.narrowest(takers);
        return narrowest.isPresent() ? into(narrowest.get(), effectiveType, shown) : only(schema, shown);
    }

    private PropertyMatch into(PropertyChoice choice, String effectiveType, ShownFormat shown) {
        String judged = type.judged(effectiveType);
        if (mediaType != null || !judged.equals(effectiveType)) {
            return type.takes(effectiveType) && choice.type().takes(judged)
                    ? new PropertyMatch.Into(choice, effectiveType)
                    : new PropertyMatch.Nowhere(choice.name(), null);
        }
        DetectionResult answer = shown.of(choice.type().kind());
        if (answer instanceof Misfit misfit) {
            return new PropertyMatch.Nowhere(choice.name(), misfit);
        }
        return type.takes(answer.mediaType())
                ? new PropertyMatch.Into(choice, answer.mediaType())
                : new PropertyMatch.Nowhere(choice.name(), null);
    }

    private boolean fits(FieldType each, ShownFormat shown) {
        return shown.of(each.kind()) instanceof DetectionResult.Fits fits && type.takes(fits.mediaType());
    }

    /** With a single blob property, the mismatch is reported for that one. */
    private PropertyMatch only(BucketSchema schema, ShownFormat shown) {
        List<PropertyChoice> all = PropertyChoice.takers(schema, "", FieldType::isBlob);
        return all.size() == 1
                        && mediaType == null
                        && shown.of(all.getFirst().type().kind()) instanceof Misfit misfit
                ? new PropertyMatch.Nowhere(all.getFirst().name(), misfit)
                : PropertyMatch.Nowhere.AT_ALL;
    }
}
