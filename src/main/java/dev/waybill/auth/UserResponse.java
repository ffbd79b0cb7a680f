package dev.waybill.auth;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user as answers tell it. */
@Schema(name = "User")
record UserResponse(
        @Schema(example = "usr_0VXsK2aQ3nB8xYz1") String userId,

        @Schema(description = "The organization's id.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(example = "org_0VXsK2aQ3nB8xYz1") String organizationId,
        @Schema(example = "ada@example.com") String email,
        @Schema(example = "Ada Lovelace") String userName,

        @Nullable String avatarUrl,

        UserRole role,
        UserStatus status,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt) {

    static UserResponse of(User user) {
        String organization = user.organization().value();
        return new UserResponse(
                user.userId(),
                organization,
                organization,
                user.email(),
                user.name(),
                user.avatarUrl(),
                user.role(),
                user.status(),
                user.metadata(),
                user.createdAt(),
                user.updatedAt());
    }
}
