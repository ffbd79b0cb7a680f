package dev.waybill.uploads;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
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
        @JsonAlias("return_url")
        @Nullable
        Boolean returnPresignedUrls,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {

    /** Fields for filters, order and search. */
    static final Fields FIELDS = Fields.builder()
            .token(
                    "upload_id",
                    "bucket_id",
                    "status",
                    "file_hash",
                    "etag",
                    "object_id",
                    "task_id",
                    "duplicate_of_upload_id",
                    "s3_key")
            .text("filename", "content_type", "blob_property", "blob_type", "message", "error")
            .number("file_size_bytes", "presigned_url_expiration")
            .bool("create_object_on_confirm", "skip_duplicates", "sealed")
            .instant("created_at", "expires_at", "verified_at", "completed_at")
            .any("metadata.*", "object_metadata.*")
            .searching("filename")
            .build();

    private static final int MAX_LIMIT = 100;

    @Override
    public int maxLimit() {
        return MAX_LIMIT;
    }
}
