package dev.waybill.buckets;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket's schema in a request. */
@Schema(name = "BucketSchema-Input")
record BucketSchemaRequest(
        @Schema(
                description =
                        "The properties by name: 1 to 100 letters, digits or '_'. At least one; their order is kept.",
                example =
                        "{\"product_text\": {\"type\": \"text\", \"required\": true}, \"hero_image\": {\"type\": \"image\"}}",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        Map<String, @Nullable SchemaFieldRequest> properties) {}
