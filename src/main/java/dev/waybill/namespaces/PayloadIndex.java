package dev.waybill.namespaces;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An index over a field of documents' payload; as stored and in responses.
 *
 * @param fieldSchema the type's own settings, stored as sent; null when there were none
 */
@Schema(name = "PayloadIndexConfig-Output")
record PayloadIndex(
        @Schema(description = "The payload's field.", example = "metadata.campaign")
        String fieldName,

        @Schema(description = "What the field holds.", example = "keyword")
        PayloadIndexType type,

        @Schema(
                description = "Settings of that type, as they were given; left out when there were none.",
                example = "{\"is_tenant\": false}")
        @Nullable
        Map<String, Object> fieldSchema,

        @Schema(description = "Whether the index may not be dropped.", example = "false")
        boolean isProtected) {}
