package dev.waybill.uploads;

import org.jspecify.annotations.Nullable;

/** What a client says it put; null where it says nothing. */
record Claimed(@Nullable String etag, @Nullable Long sizeBytes) {

    static final Claimed NOTHING = new Claimed(null, null);
}
