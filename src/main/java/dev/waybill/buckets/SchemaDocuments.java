package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.platform.mongo.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A schema as it is stored: plain nested maps as on the wire, whose order MongoDB keeps. */
final class SchemaDocuments {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private SchemaDocuments() {}

    static Map<String, Object> write(BucketSchema schema) {
        return JSON.convertValue(schema.properties(), new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    static BucketSchema read(Map<String, Object> stored) {
        return JSON.convertValue(Map.of("properties", JsonValues.fromStored(stored)), BucketSchema.class);
    }
}
