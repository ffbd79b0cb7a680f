package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A collection: what one extractor makes of a bucket's objects, or of another collection's documents.
 *
 * @param bucket where the objects lie that it all begins with
 * @param parent the collection whose documents are read; null when it reads the bucket's objects
 * @param depth the tier that it belongs to: 0 above the bucket, else one more than its parent's
 */
public record DocumentCollection(
        CollectionId id,
        Scope scope,
        String name,
        BucketId bucket,
        @Nullable CollectionId parent,
        int depth,
        ExtractorUse extractor,
        Instant createdAt) {}
