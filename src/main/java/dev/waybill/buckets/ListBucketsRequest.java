package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that lists buckets: search, filters, order and page. */
@Schema(example = "{\"search\": \"catalog\", \"limit\": 10}")
record ListBucketsRequest(
        @Schema(description = "Part of a name or a description.", example = "catalog") @Nullable
        String search,

        @Schema(
                description = "Conditions by field: bucket_id, bucket_name, description, status, is_locked, metadata.*,"
                        + " object_count, total_size_bytes, created_at, updated_at, last_upload_at.",
                example = "{\"metadata.team\": \"shop\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"bucket_name\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(
                description = "Whether search and filters mind case; a condition may say so for itself.",
                defaultValue = "false")
        @Nullable
        Boolean caseSensitive,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {

    /** The fields that requests may filter, sort and search by. */
    static final Fields FIELDS = Fields.builder()
            .token("bucket_id", "status")
            .text("bucket_name", "description")
            .bool("is_locked")
            .number("object_count", "total_size_bytes")
            .instant("created_at", "updated_at", "last_upload_at")
            .any("metadata.*")
            .searching("bucket_name", "description")
            .build();

    static final int DEFAULT_LIMIT = 10;
}
