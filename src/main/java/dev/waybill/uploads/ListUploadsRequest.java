package dev.waybill.uploads;

import dev.waybill.platform.web.ListBody;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "Which uploads to list; every field may be left out, the body too.",
        example = "{\"filters\": {\"status\": \"PENDING\"}, \"search\": \"photo\", \"limit\": 20}")
record ListUploadsRequest(
        @Schema(
                description = "Shorthand, or conditions under AND, OR and NOT.",
                example = "{\"status\": \"PENDING\", \"metadata.campaign\": \"spring\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(description = "The order.", example = "{\"field\": \"created_at\", \"direction\": \"desc\"}") @Nullable
        Map<String, Object> sort,

        @Schema(description = "Part of the filename, in any case.", example = "photo") @Nullable
        String search,

        @Schema(description = "Whether each upload comes with a URL to put or get its bytes.", defaultValue = "false")
        @Nullable
        Boolean returnPresignedUrls,

        @Schema(description = "Rows on a page; the query parameter wins.", defaultValue = "20")
        @Min(1)
        @Max(100)
        @Nullable
        Integer limit,

        @Schema(description = "Rows to skip; the query parameter wins.", defaultValue = "0")
        @Min(0)
        @Max(10000)
        @Nullable
        Integer offset)
        implements ListBody {

    static final ListUploadsRequest EMPTY = new ListUploadsRequest(null, null, null, null, null, null);
}
