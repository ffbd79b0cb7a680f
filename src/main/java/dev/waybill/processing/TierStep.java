package dev.waybill.processing;

import dev.waybill.collections.CollectionId;
import dev.waybill.collections.ExtractorUse;
import dev.waybill.platform.mongo.JsonValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One extractor to run in a tier. Stored as it is in the batch's document.
 *
 * @param collectionId what it fills; null for the namespace's own extractor, without a collection
 * @param parentId the collection that it reads; null when it reads the objects themselves
 */
public record TierStep(
        @Nullable String collectionId,
        @Nullable String parentId,
        String extractor,
        String version,
        Map<String, Object> parameters) {

    public static TierStep of(@Nullable CollectionId collection, @Nullable CollectionId parent, ExtractorUse use) {
        return new TierStep(
                collection == null ? null : collection.value(),
                parent == null ? null : parent.value(),
                use.name(),
                use.version(),
                JsonValues.toStored(use.parameters()));
    }

    ExtractorUse use() {
        return new ExtractorUse(extractor, version, JsonValues.fromStored(parameters));
    }

    public String extractorId() {
        return extractor + "_" + version;
    }

    /** The collection's id, or else the extractor's. */
    public String origin() {
        return collectionId == null ? extractorId() : collectionId;
    }
}
