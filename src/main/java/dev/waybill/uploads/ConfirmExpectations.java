package dev.waybill.uploads;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says it put; null where it says nothing. */
record ConfirmExpectations(@Nullable String etag, @Nullable Long sizeBytes) {

    static final ConfirmExpectations NOTHING = new ConfirmExpectations(null, null);

    /** As a task was given them, under their names on the wire. */
    static ConfirmExpectations of(Map<?, ?> payload) {
        return new ConfirmExpectations(
                payload.get("etag") instanceof String text ? text : null,
                payload.get("file_size_bytes") instanceof Number number ? (Long) number.longValue() : null);
    }
}
