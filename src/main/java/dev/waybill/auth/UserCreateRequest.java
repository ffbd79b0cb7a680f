package dev.waybill.auth;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Body of the creation of a user. */
record UserCreateRequest(
        @NotNull
        @Email
        @Size(min = 3, max = 254)
        @Schema(description = "Unique in the organization, without regard to case.", example = "ada@example.com")
        String email,

        @NotNull @Size(min = 2, max = 100) @Schema(example = "Ada Lovelace")
        String userName,

        @Nullable @Size(max = 2048) @Schema(example = "https://example.com/ada.png")
        String avatarUrl,

        @Nullable @Schema(description = "What the person is; `member` when left out.", example = "member")
        UserRole role,

        @Nullable @Schema(description = "Anything you want to keep with the user.")
        Map<String, Object> metadata) {}
