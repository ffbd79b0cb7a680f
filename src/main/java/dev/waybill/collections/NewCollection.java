package dev.waybill.collections;

import org.jspecify.annotations.Nullable;

/**
 * A collection to create, as requested; either bucket or parent is set.
 *
 * @param bucket id or name
 * @param parent id or name of the collection to read
 */
record NewCollection(
        String name, @Nullable String bucket, @Nullable String parent, ExtractorUse extractor) {}
