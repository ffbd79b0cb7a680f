package dev.waybill.accounts;

import dev.waybill.platform.json.Change;
import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body to update a user; absent fields stay unchanged. */
@Schema(example = "{\"user_name\": \"Ada King\", \"role\": \"admin\"}")
record UserUpdateRequest(
        @Nullable @PlainName @Size(min = 2, max = 100) @Schema(description = "A new name.", example = "Ada King")
        String userName,

        @Size(max = 2048)
        @Schema(
                implementation = String.class,
                description = "Where a new picture of the person lies; null removes it.",
                example = "https://example.com/ada.png")
        @Nullable
        Change<String> avatarUrl,

        @Nullable
        @Schema(description = "What the person becomes. The last active admin stays one (409).", example = "admin")
        UserRole role,

        @Nullable
        @Schema(description = "Keys of a user who is not `active` are refused within 5 seconds.", example = "suspended")
        UserStatus status,

        @Schema(
                implementation = Map.class,
                description = "Takes the place of the former metadata as a whole; null empties it.",
                example = "{\"team\": \"shop\"}")
        @Nullable
        Change<Map<String, Object>> metadata) {

    /** Whether a user who is an active admin stops being one by this. */
    boolean endsAdministration() {
        return role != null && role != UserRole.ADMIN || status != null && status != UserStatus.ACTIVE;
    }
}
