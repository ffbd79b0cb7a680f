package dev.waybill.webhooks;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON of webhooks and of what is delivered to them: what is stored as text, and what is sent. */
public final class EventJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private EventJson() {}

    public static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    public static byte[] bytes(Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    static <T> T read(String json, Class<T> type) {
        return JSON.readValue(json, type);
    }

    public static Map<String, Object> readMap(String json) {
        return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** Any JSON. */
    public static @Nullable Object readAny(String json) {
        return JSON.readValue(json, Object.class);
    }
}
