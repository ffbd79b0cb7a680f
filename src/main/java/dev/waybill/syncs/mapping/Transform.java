package dev.waybill.syncs.mapping;

import dev.waybill.platform.json.WireName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A conversion of a text into a field's value; in JSON in lower case. */
enum Transform implements WireName {
    LOWERCASE,
    UPPERCASE,
    TRIM,
    JSON_PARSE;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @throws IllegalArgumentException when the transform does not accept the text */
    @Nullable
    Object of(String text) {
        return switch (this) {
            case LOWERCASE -> text.toLowerCase(Locale.ROOT);
            case UPPERCASE -> text.toUpperCase(Locale.ROOT);
            case TRIM -> text.strip();
            case JSON_PARSE -> parsed(text);
        };
    }

    private static @Nullable Object parsed(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("is no JSON", malformed);
        }
    }
}
