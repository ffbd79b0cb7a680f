package dev.waybill.buckets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The schema of a bucket's objects.
 *
 * @param properties by name, in the order they were declared
 */
public record BucketSchema(Map<String, SchemaField> properties) {

    public BucketSchema {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
