package dev.waybill.objects.requests;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A blob in a request; bounds are checked by {@link DraftReader}, so that in a batch one object fails alone. */
@Schema(
        name = "CreateBlobRequest",
        description = "One piece of content. Exactly one of `data`, `content`, `url` and `upload_id` says what it is.")
record CreateBlobRequest(
        @Schema(
                description = "The schema's property that it fills.",
                example = "hero_image",
                minLength = 1,
                maxLength = 100,
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String property,

        @Schema(description = "A path-like grouping of its own.", example = "catalog/2026", maxLength = 512) @Nullable
        String keyPrefix,

        @Schema(
                type = "string",
                description = "The property's type, as the schema declares it.",
                example = "image",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        FieldType type,

        @Schema(
                description = "The content. For text, JSON and values: the content itself. For types whose content is "
                        + "bytes: a URL, a `data:` URI or base64, which may stand in an object with its type and name: "
                        + "`{\"base64\": \"...\", \"mime_type\": \"image/png\", \"filename\": \"b.png\"}`. A string that is an http(s) or s3 URL is taken as `url` "
                        + "is, except for text and values.",
                example = "https://example.com/photo.jpg")
        @Nullable
        Object data,

        @Schema(
                description = "The content itself, never a URL: `data` by another name.",
                example = "Wireless headphones")
        @Nullable
        Object content,

        @Schema(
                description = "Where the content lies. An http(s) URL is fetched into managed storage, unless "
                        + "`canonicalize_source` is false; an s3 URL stays a reference. What its server packs by"
                        + " Content-Encoding gzip or deflate is unpacked. Its Content-Type, and its Content-Disposition"
                        + " name before the URL's, say what the file may be; its bytes decide.",
                example = "https://example.com/photo.jpg",
                maxLength = 2083)
        @Nullable
        String url,

        @Schema(
                description = "A completed upload of this bucket whose bytes it takes; they are not copied.",
                example = "upl_0VXsK2aQ3nB8xYz1",
                pattern = "^upl_[a-zA-Z0-9_-]+$")
        @Nullable
        String uploadId,

        @Schema(description = "The blob's own metadata.", example = "{\"photographer\": \"Ada\"}") @Nullable
        Map<String, Object> metadata,

        @Schema(description = "The request's, for this blob alone.", example = "true") @Nullable
        Boolean canonicalizeSource,

        @Schema(description = "The request's, for this blob alone.", example = "false") @Nullable
        Boolean forceRemirror) {

    /** Completed from the schema: the property, if only one holds a file, and the type of the property. */
    CreateBlobRequest completed(BucketSchema schema) {
        String named = property;
        if (named == null) {
            List<String> files = schema.properties().entrySet().stream()
                    .filter(one -> type == null
                            ? one.getValue().type().isBlob()
                            : one.getValue().type() == type)
                    .map(Map.Entry::getKey)
                    .toList();
            named = files.size() == 1 ? files.getFirst() : null;
        }
        SchemaField field = named == null ? null : schema.properties().get(named);
        FieldType known = type == null && field != null ? field.type() : type;
        return new CreateBlobRequest(
                named, keyPrefix, known, data, content, url, uploadId, metadata, canonicalizeSource, forceRemirror);
    }
}
