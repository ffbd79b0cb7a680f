package dev.waybill.platform.web;

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
}
