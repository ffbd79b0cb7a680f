package dev.waybill.objects.requests;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that creates an object of blobs, metadata, or both. */
@Schema(
        name = "CreateObjectRequest",
        example = "{\"blobs\": [{\"property\": \"product_text\", \"type\": \"text\", "
                + "\"content\": \"Wireless headphones\"}]}")
record CreateObjectRequest(
        @Schema(description = "A path-like grouping.", example = "/products", maxLength = 512) @Nullable
        String keyPrefix,

        @Schema(description = "The object's content, at most 100 pieces.") @Nullable
        List<@Nullable CreateBlobRequest> blobs,

        @Schema(
                description =
                        "A single blob, for clients that send one so, instead of `blobs`. Its `property` and `type`"
                                + " may be left out where the bucket's schema has one property only that holds a file.")
        @Nullable
        CreateBlobRequest blob,

        @Schema(
                description = "Values that belong to the object; those of declared properties are checked against the "
                        + "bucket's schema.",
                example = "{\"campaign\": \"spring\", \"price\": 19.9}")
        @Nullable
        Map<String, Object> metadata,

        @Schema(
                description = "Answers the object that has the very same blobs already, if one was created in this "
                        + "bucket, instead of making another.",
                defaultValue = "false")
        @Nullable
        Boolean skipDuplicates,

        @Schema(
                description = "Whether URLs are fetched into managed storage; false keeps them as references.",
                defaultValue = "true")
        @Nullable
        Boolean canonicalizeSource,

        @Schema(
                description = "Whether a URL is fetched again that the object's blob was fetched from before. Makes a "
                        + "difference for updates only: creating always fetches.",
                defaultValue = "false")
        @Nullable
        Boolean forceRemirror) {

    static final CreateObjectRequest EMPTY = of(null, null, null);

    /** The content of an update. */
    static CreateObjectRequest of(
            @Nullable String keyPrefix,
            @Nullable List<@Nullable CreateBlobRequest> blobs,
            @Nullable Map<String, Object> metadata) {
        return new CreateObjectRequest(keyPrefix, blobs, null, metadata, null, null, null);
    }

    boolean skipsDuplicates() {
        return Boolean.TRUE.equals(skipDuplicates);
    }
}
