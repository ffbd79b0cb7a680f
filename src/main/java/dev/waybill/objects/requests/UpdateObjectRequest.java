package dev.waybill.objects.requests;

import dev.waybill.platform.json.IgnoredField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body of PUT. What is left out, or null, stays as it is. */
@Schema(name = "UpdateObjectRequest", example = "{\"metadata\": {\"campaign\": \"autumn\"}}")
record UpdateObjectRequest(
        @Schema(description = "An empty text removes it.", example = "/products", maxLength = 512) @Nullable
        String keyPrefix,

        @Schema(
                description = "Take the place of all blobs that the object has. One with the URL of a blob that was "
                        + "fetched keeps those bytes, unless `force_remirror` is true.")
        @Nullable
        List<@Nullable CreateBlobRequest> blobs,

        @Schema(
                description = "Is merged into the metadata, key by key; keys that are left out stay.",
                example = "{\"campaign\": \"autumn\"}")
        @Nullable
        Map<String, Object> metadata,

        @IgnoredField
        @Schema(description = "Taken and ignored: an update never makes another object.", example = "false")
        @Nullable
        Boolean skipDuplicates) {}
