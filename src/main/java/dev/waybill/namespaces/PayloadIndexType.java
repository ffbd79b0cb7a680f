package dev.waybill.namespaces;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an indexed field of a document's payload holds. */
enum PayloadIndexType {
    KEYWORD,
    INTEGER,
    FLOAT,
    BOOL,
    GEO,
    DATETIME,
    TEXT,
    UUID;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
