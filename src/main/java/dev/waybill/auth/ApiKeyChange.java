package dev.waybill.auth;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to change of a key; null leaves a thing as it is. */
record ApiKeyChange(
        @Nullable String name,
        @Nullable String description,
        @Nullable Set<Permission> permissions,
        @Nullable List<ResourceScope> scopes,
        @Nullable Integer rateLimitOverride,
        @Nullable Instant expiresAt) {

    /** Whether a key that administers its organization may stop doing so by this. */
    boolean mayEndAdministration() {
        return permissions != null && !permissions.contains(Permission.ADMIN)
                || scopes != null && !scopes.isEmpty()
                || expiresAt != null;
    }
}
