package dev.waybill.auth;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change of a user; null leaves a thing as it is. */
record UserChange(
        @Nullable String name,
        @Nullable String avatarUrl,
        @Nullable UserRole role,
        @Nullable UserStatus status,
        @Nullable Map<String, Object> metadata) {

    /** Whether a user who is an active admin stops being one by this. */
    boolean endsAdministration() {
        return role != null && role != UserRole.ADMIN || status != null && status != UserStatus.ACTIVE;
    }
}
