package dev.waybill.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key that works, its user being active, as it was when it was read. The clock is still to be asked. */
public record AuthenticatedKey(
        Caller caller,
        @Nullable Instant expiresAt,
        @Nullable Integer rateLimitOverride) {

    boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
