package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One property of a schema in a request. */
@Schema(
        name = "BucketSchemaField-Input",
        example = "{\"type\": \"image\", \"description\": \"The product's main picture\"}")
record SchemaFieldRequest(
        @Schema(
                description = "What the property holds. text, image, audio, video, pdf, excel, json, binary and"
                        + " document are files; the rest describe metadata.",
                allowableValues = {
                    "string",
                    "number",
                    "integer",
                    "float",
                    "boolean",
                    "object",
                    "array",
                    "date",
                    "datetime",
                    "text",
                    "image",
                    "audio",
                    "video",
                    "pdf",
                    "excel",
                    "json",
                    "binary",
                    "document"
                },
                example = "image",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String type,

        @Schema(description = "The value when an object brings none; must fit the type.")
        @JsonProperty("default")
        @Nullable
        Object defaultValue,

        @Schema(description = "Of an array: what its elements are.") @Nullable
        SchemaFieldRequest items,

        @Schema(description = "Of an object: its own properties.") @Nullable
        Map<String, @Nullable SchemaFieldRequest> properties,

        @Schema(description = "Values to show to people.") @Nullable
        List<@Nullable Object> examples,

        @Schema(description = "For people, at most 4096 characters.") @Nullable
        String description,

        @Schema(description = "The only values that the property may have; each must fit the type.")
        @JsonProperty("enum")
        @Nullable
        List<@Nullable Object> allowed,

        @Schema(
                description = "Whether an object must have it. A single upload is not held to it.",
                defaultValue = "false")
        @Nullable
        Boolean required) {}
