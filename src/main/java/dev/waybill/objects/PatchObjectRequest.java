package dev.waybill.objects;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A small change of an object. What is left out, or null, stays as it is. */
@Schema(name = "PatchObjectRequest", example = "{\"key_prefix\": \"/archive\"}")
record PatchObjectRequest(
        @Schema(description = "An empty text removes it.", example = "/archive", maxLength = 512) @Nullable
        String keyPrefix,

        @Schema(description = "Taken and ignored: an update never makes another object.", example = "false") @Nullable
        Boolean skipDuplicates) {}
