package dev.waybill.uploads.verification;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ETag and size that a client expects its bytes to have; null where it expects nothing. */
public record ConfirmExpectations(
        @Nullable String etag, @Nullable Long sizeBytes) {

    public static final ConfirmExpectations NOTHING = new ConfirmExpectations(null, null);

    /** From the payload of a task, under their wire names. */
    public static ConfirmExpectations of(Map<?, ?> payload) {
        return new ConfirmExpectations(
                payload.get("etag") instanceof String text ? text : null,
                payload.get("file_size_bytes") instanceof Number number ? (Long) number.longValue() : null);
    }
}
