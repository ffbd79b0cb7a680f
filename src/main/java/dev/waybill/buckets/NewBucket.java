package dev.waybill.buckets;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a new bucket is to be, checked. */
record NewBucket(
        String name,
        @Nullable String description,
        BucketSchema schema,
        @Nullable UniqueKey uniqueKey,
        Map<String, Object> metadata) {}
