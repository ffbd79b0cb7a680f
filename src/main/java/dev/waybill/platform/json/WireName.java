package dev.waybill.platform.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose constants go by their names in lower case on the wire. */
public interface WireName {

    /** The constant's name in Java. */
    String name();

    @JsonValue
    default String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name. @throws IllegalArgumentException when there is none */
    static <E extends Enum<E> & WireName> E of(Class<E> type, String wire) {
        return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT));
    }
}
