package dev.waybill.namespaces;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a namespace is for. */
enum NamespaceType {
    STANDARD,
    MARKETPLACE;

    static NamespaceType of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
