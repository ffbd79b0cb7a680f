package dev.waybill.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A valid API key of an active user, as of when it was read. Whether it has expired is still to be checked. */
public record AuthenticatedKey(
        Caller caller,
        @Nullable Instant expiresAt,
        @Nullable Integer rateLimitOverride) {

    boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
