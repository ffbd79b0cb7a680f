package dev.waybill.buckets;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What objects of a bucket look like.
 *
 * @param properties by name, in the order they were declared
 */
public record BucketSchema(Map<String, SchemaField> properties) {

    public BucketSchema {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
