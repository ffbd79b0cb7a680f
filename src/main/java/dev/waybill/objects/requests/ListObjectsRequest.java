package dev.waybill.objects.requests;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that lists objects; everything may be left out. */
@Schema(name = "ListObjectsRequest", example = """
                {"filters": {"metadata.campaign": "spring"}, "sort": {"field": "created_at", "direction": "desc"}, \
                "return_presigned_urls": true}""")
record ListObjectsRequest(
        @Schema(
                description = "Conditions on `object_id`, `status`, `key_prefix`, `size_bytes`, `created_at`, "
                        + "`updated_at`, `metadata.*`, `blobs.property`, `blobs.type`, `blobs.details.filename`, "
                        + "`blobs.details.mime_type`, `blobs.details.size_bytes`, `blobs.details.hash`, and on the "
                        + "schema's own properties by their names. Capitals make no difference unless `case_sensitive` is true,"
                        + " beside a condition or above it; in a regular expression, `(?-i)` does the same from there on. Values"
                        + " of type datetime are compared as instants.",
                example =
                        "{\"AND\": [{\"field\": \"metadata.campaign\", \"operator\": \"eq\", \"value\": \"spring\"}]}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "A field and a direction (`asc`, which is the default, or `desc`).",
                example = "{\"field\": \"created_at\", \"direction\": \"desc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(
                description = "Looks for this text in ids, prefixes, file names and the schema's texts; partial, and "
                        + "capitals make no difference.",
                example = "photo")
        @Size(max = 500)
        @Nullable
        String search,

        @Schema(
                description = "The fields to answer, with dots for those inside; `object_id` and `bucket_id` always "
                        + "come along.",
                example = "[\"metadata.campaign\", \"created_at\"]")
        @Size(max = 100)
        @Nullable
        List<@NotNull @Size(min = 1, max = 500) String> select,

        @Schema(
                description = "Adds a download URL to each blob in storage; `return_url` is the same.",
                defaultValue = "false")
        @JsonAlias("return_url")
        @Nullable
        Boolean returnPresignedUrls,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {

    static final ListObjectsRequest EMPTY = new ListObjectsRequest(null, null, null, null, null, null);
}
