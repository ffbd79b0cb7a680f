package dev.waybill.uploads;

import org.jspecify.annotations.Nullable;

/** What a client says it put; null where it says nothing. */
record ConfirmExpectations(@Nullable String etag, @Nullable Long sizeBytes) {

    static final ConfirmExpectations NOTHING = new ConfirmExpectations(null, null);
}
