package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One property of a bucket's schema, as stored.
 *
 * @param items of an array: what its elements are
 * @param properties of an object: its own properties
 * @param allowed when given, the only values that the property may have
 * @param required whether an object must have it; not enforced for a single upload
 */
public record SchemaField(
        FieldType type,
        @JsonProperty("default") @Nullable Object defaultValue,
        @Nullable SchemaField items,
        @Nullable Map<String, SchemaField> properties,
        @Nullable List<Object> examples,
        @Nullable String description,
        @JsonProperty("enum") @Nullable List<Object> allowed,
        @Nullable Boolean required) {}
