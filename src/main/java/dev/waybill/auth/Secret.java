package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The secret of an API key in clear text. It is written into the one response that returns it, and nowhere else: its
 * text form is masked.
 */
public record Secret(@JsonValue String value) {

    /** Public, because configuration is converted by a public constructor. */
    public Secret {}

    @Override
    public String toString() {
        return "***";
    }
}
