package dev.waybill.objects.requests;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request body that creates many objects; each succeeds or fails by itself. */
@Schema(
        name = "CreateObjectsBatchRequest",
        example = "{\"objects\": [{\"blobs\": [{\"property\": \"product_text\", \"type\": \"text\", "
                + "\"content\": \"Wireless headphones\"}]}, {\"blobs\": [{\"property\": \"product_text\", \"type\": \"text\", "
                + "\"content\": \"Wired headphones\"}]}]}")
record CreateObjectsBatchRequest(
        @Schema(description = "1 to 100 objects.", requiredMode = Schema.RequiredMode.REQUIRED)
        @NotNull
        @Size(min = 1, max = 100)
        List<@Nullable CreateObjectRequest> objects) {}
