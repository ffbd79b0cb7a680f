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
 * A property of objects that the file itself may fill.
 *
 * @param property null where each file's type decides
 * @param mediaType what files are said to be, whatever their bytes show; null to go by the bytes
 */
record BlobEntry(
        BlobType type, @Nullable String property, @Nullable String mediaType) {

    PropertyMatch choose(BucketSchema schema, String filename, ShownFormat shown) {
        String told = mediaType == null ? shown.of(null).mediaType() : mediaType;
        if (property != null) {
            SchemaField named = schema.properties().get(property);
            return named == null || !named.type().isBlob()
                    ? PropertyMatch.Nowhere.AT_ALL
                    : into(new PropertyChoice(property, named.type()), told, shown);
        }
        String judged = type.judged(told);
        List<PropertyChoice> takers =
                type.takes(told) ? PropertyChoice.takers(schema, filename, each -> each.takes(judged)) : List.of();
        if (takers.isEmpty() && mediaType == null) {
            // Some files are what they are only to who asks for that.
            takers = PropertyChoice.takers(schema, filename, each -> fits(each, shown));
        }
        Optional<PropertyChoice> narrowest = PropertyChoice.narrowest(takers);
        return narrowest.isPresent() ? into(narrowest.get(), told, shown) : only(schema, shown);
    }

    private PropertyMatch into(PropertyChoice choice, String told, ShownFormat shown) {
        String judged = type.judged(told);
        if (mediaType != null || !judged.equals(told)) {
            return type.takes(told) && choice.type().takes(judged)
                    ? new PropertyMatch.Into(choice, told)
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

    /** Where there is one property, that was meant. */
    private PropertyMatch only(BucketSchema schema, ShownFormat shown) {
        List<PropertyChoice> all = PropertyChoice.takers(schema, "", FieldType::isBlob);
        return all.size() == 1
                        && mediaType == null
                        && shown.of(all.getFirst().type().kind()) instanceof Misfit misfit
                ? new PropertyMatch.Nowhere(all.getFirst().name(), misfit)
                : PropertyMatch.Nowhere.AT_ALL;
    }
}
