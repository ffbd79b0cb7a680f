package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The source of documents of an object: one extractor, run for a collection or for the bucket itself.
 *
 * @param collection null when the namespace's own extractor works without one
 */
public record DocumentSource(
        Scope scope, BucketId bucket, @Nullable CollectionId collection, ExtractorUse extractor) {

    /** The collection's id, or else the extractor's. */
    public String value() {
        return collection == null ? extractor.id() : collection.value();
    }
}
