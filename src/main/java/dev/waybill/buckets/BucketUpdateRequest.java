package dev.waybill.buckets;

import dev.waybill.platform.json.Change;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body of PUT. What is left out stays as it is. */
@Schema(example = "{\"description\": \"What the shop sells\", \"metadata\": {\"team\": \"shop\"}}")
record BucketUpdateRequest(
        @Schema(description = "A new name; null leaves the old one.", pattern = BucketRules.NAME_FORM) @Nullable
        String bucketName,

        @Schema(
                implementation = String.class,
                description = "A new description; null removes it.",
                maxLength = BucketRules.MAX_DESCRIPTION)
        @Nullable
        Change<String> description,

        @Schema(
                implementation = Map.class,
                description = "Takes the place of the old metadata as a whole; null empties it.")
        @Nullable
        Change<Map<String, Object>> metadata) {

    BucketChange read() {
        return new BucketPatchRequest(bucketName, description, metadata).read();
    }
}
