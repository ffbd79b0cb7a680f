package dev.waybill.buckets;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket's unique key in a request. */
@Schema(name = "UniqueKeyConfig", example = "{\"fields\": [\"sku\"], \"default_policy\": \"upsert\"}")
record UniqueKeyRequest(
        @Schema(
                description = "The fields that tell objects apart: each declared in the schema, none of them a file."
                        + " A property of an object is named with a dot.",
                example = "[\"sku\"]",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        List<@Nullable String> fields,

        @Schema(
                description = "What a second object of the same key does: insert refuses it (409), update changes the"
                        + " first one, upsert does either.",
                allowableValues = {"insert", "update", "upsert"})
        @Nullable
        String defaultPolicy) {}
