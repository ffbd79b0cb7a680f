package dev.waybill.accounts;

import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body to create a user. */
@Schema(example = """
                {"email": "ada@example.com", "user_name": "Ada Lovelace", "role": "member", \
                "metadata": {"team": "shop"}}""")
record UserCreateRequest(
        @NotNull
        @Email
        @Pattern(regexp = "[^/\\\\]*", message = "must not hold / or \\, because it stands in paths")
        @Size(min = 3, max = 254)
        @Schema(description = "Unique in the organization, without regard to case.", example = "ada@example.com")
        String email,

        @NotNull
        @PlainName
        @Size(min = 2, max = 100)
        @Schema(description = "The person's name.", example = "Ada Lovelace")
        String userName,

        @Nullable
        @Size(max = 2048)
        @Schema(description = "Where a picture of the person lies.", example = "https://example.com/ada.png")
        String avatarUrl,

        @Nullable
        @Schema(
                description = "What the person is; `member` when left out. What keys may do stands in the keys.",
                example = "member")
        UserRole role,

        @Nullable
        @Schema(
                description = "Any JSON to keep with the user; keys must not start with '$'.",
                example = "{\"team\": \"shop\"}")
        Map<String, Object> metadata) {}
