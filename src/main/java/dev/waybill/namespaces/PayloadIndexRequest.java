package dev.waybill.namespaces;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An index over documents' payload, in requests. */
@Schema(name = "PayloadIndexConfig-Input")
record PayloadIndexRequest(
        @Schema(
                description = "The payload's field, 1 to 255 characters.",
                minLength = 1,
                maxLength = 255,
                example = "metadata.campaign",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String fieldName,

        @Schema(description = "What the field holds.", example = "keyword", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        PayloadIndexType type,

        @Schema(description = "Settings of that type, kept as they are given.", example = "{\"is_tenant\": false}")
        @Nullable
        Map<String, Object> fieldSchema,

        @Schema(description = "Whether the index may not be dropped.", defaultValue = "false") @Nullable
        Boolean isProtected) {

    private static final int MAX_NAME = 255;

    /** Reads the index; adds a violation for each part that is missing or wrong. */
    PayloadIndex read(List<Object> at, Violations violations) {
        List<Object> name = below(at, "field_name");
        if (violations.has(name, fieldName) && String.valueOf(fieldName).isEmpty()) {
            violations.add(name, "String should have at least 1 character", "string_too_short");
        }
        violations.atMost(name, fieldName, MAX_NAME);
        violations.has(below(at, "type"), type);
        FreeJson.violation(below(at, "field_schema"), fieldSchema).ifPresent(violations::add);
        return new PayloadIndex(
                fieldName == null ? "" : fieldName,
                type == null ? PayloadIndexType.KEYWORD : type,
                fieldSchema,
                Boolean.TRUE.equals(isProtected));
    }
}
