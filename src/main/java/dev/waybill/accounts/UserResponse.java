package dev.waybill.accounts;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user in responses. */
@Schema(name = "User")
record UserResponse(
        @Schema(description = "The user's id.", example = "usr_0VXsK2aQ3nB8xYz1")
        String userId,

        @Schema(description = "The organization's id, under another name.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(description = "The organization that the user belongs to.", example = "org_0VXsK2aQ3nB8xYz1")
        String organizationId,

        @Schema(description = "The user's address, as it was given.", example = "ada@example.com")
        String email,

        @Schema(description = "The person's name.", example = "Ada Lovelace")
        String userName,

        @Nullable
        @Schema(
                description = "Where a picture of the person lies; left out when none was given.",
                example = "https://example.com/ada.png")
        String avatarUrl,

        @Schema(description = "What the person is. What keys may do stands in the keys.", example = "member")
        UserRole role,

        @Schema(description = "Only the keys of an `active` user work.", example = "active")
        UserStatus status,

        @Schema(description = "What is kept with the user; empty when nothing is.", example = "{\"team\": \"shop\"}")
        Map<String, Object> metadata,

        @Schema(description = "When the user was made.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When the user was last changed.", example = "2026-01-15T10:30:00Z")
        Instant updatedAt) {

    static UserResponse of(UserEntity user) {
        String organization = user.organizationId().value();
        return new UserResponse(
                user.userId(),
                organization,
                organization,
                user.email(),
                user.userName(),
                user.avatarUrl(),
                user.role(),
                user.status(),
                user.metadata(),
                user.createdAt(),
                user.updatedAt());
    }
}
