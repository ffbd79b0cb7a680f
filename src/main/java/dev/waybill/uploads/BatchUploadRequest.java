package dev.waybill.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "Up to 100 files; all of them are accepted, or none.",
        example =
                "{\"uploads\": [{\"filename\": \"front.jpg\", \"content_type\": \"image/jpeg\"}, {\"filename\": \"back.jpg\", \"content_type\": \"image/jpeg\"}], \"shared_metadata\": {\"campaign\": \"spring\"}}")
record BatchUploadRequest(
        @Schema(description = "The files, 1 to 100.") @NotNull @Size(min = 1, max = 100)
        List<@Valid @NotNull CreateUploadRequest> uploads,

        @Schema(
                description = "Metadata for each of them; its own comes on top.",
                example = "{\"campaign\": \"spring\"}")
        @Nullable
        Map<String, @Nullable Object> sharedMetadata,

        @Schema(description = "Object metadata for each of them; its own comes on top.", example = "{\"season\": 2026}")
        @Nullable
        Map<String, @Nullable Object> sharedObjectMetadata) {

    /** The uploads, each with the shared metadata under its own. */
    List<CreateUploadRequest> merged() {
        return uploads.stream()
                .map(upload -> upload.withMetadata(
                        under(sharedMetadata, upload.metadata()), under(sharedObjectMetadata, upload.objectMetadata())))
                .toList();
    }

    private static @Nullable Map<String, @Nullable Object> under(
            @Nullable Map<String, @Nullable Object> shared, @Nullable Map<String, @Nullable Object> own) {
        if (shared == null || own == null) {
            return own == null ? shared : own;
        }
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(shared);
        merged.putAll(own);
        return merged;
    }
}
