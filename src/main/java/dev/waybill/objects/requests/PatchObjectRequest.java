package dev.waybill.objects.requests;

import dev.waybill.platform.json.Change;
import dev.waybill.platform.json.IgnoredField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body of PATCH. What is left out stays as it is. */
@Schema(name = "PatchObjectRequest", example = "{\"key_prefix\": \"/archive\"}")
record PatchObjectRequest(
        @Schema(
                implementation = String.class,
                description = "An empty text, or null, removes it.",
                example = "/archive",
                maxLength = 512)
        @Nullable
        Change<String> keyPrefix,

        @Schema(description = "Take the place of the blobs of the same properties; the others stay.") @Nullable
        List<@Nullable CreateBlobRequest> blobs,

        @Schema(
                description = "Is merged into the metadata, key by key; keys that are left out stay.",
                example = "{\"color\": \"red\"}")
        @Nullable
        Map<String, Object> metadata,

        @IgnoredField
        @Schema(description = "Taken and ignored: an update never makes another object.", example = "false")
        @Nullable
        Boolean skipDuplicates) {}
