package dev.waybill.objects.requests;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.FieldType;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A blob in a response. */
@Schema(name = "BlobModel", description = "One piece of content of an object.")
record BlobModel(
        @Schema(description = "The blob's id.", example = "blob_0VXsK2aQ3nB8xYz1")
        String blobId,

        @Schema(
                description = "The schema's property that it fills.",
                example = "hero_image",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String property,

        @Schema(description = "A path-like grouping; left out when there is none.", example = "catalog/2026") @Nullable
        String keyPrefix,

        @Schema(
                type = "string",
                description = "The kind of content.",
                example = "image",
                requiredMode = Schema.RequiredMode.REQUIRED)
        FieldType type,

        @Schema(
                description = "The blob's own metadata; beside it `url` where the content stays elsewhere, and"
                        + " `presigned_url` when it was asked for.",
                example = "{\"photographer\": \"Ada\"}")
        Map<String, Object> properties,

        @Schema(description = "What is known of the bytes.") BlobDetails details,

        @Schema(description = "Inline content, any JSON value; left out when the bytes lie in storage.") @Nullable
        Object data,

        @Schema(
                description =
                        "Where the content was fetched from. A blob without `data` whose `details` are empty is a "
                                + "reference to what lies there.",
                example = "https://example.com/photo.jpg")
        @Nullable
        String url,

        @Schema(
                description = "Downloads the bytes, without any further header, for an hour unless configured "
                        + "otherwise. Only with `return_presigned_urls=true`, and only for bytes in storage.",
                example = "https://storage.example/waybill/org_1/ns_1/photo.jpg?X-Amz-Signature=...")
        @Nullable
        String presignedUrl) {

    static BlobModel of(Blob blob, @Nullable String presignedUrl) {
        return new BlobModel(
                blob.id(),
                blob.property(),
                blob.keyPrefix(),
                blob.type(),
                properties(blob, presignedUrl),
                new BlobDetails(blob.filename(), blob.sizeBytes(), blob.mimeType(), blob.charset(), blob.sha256()),
                blob.inline(),
                blob.url(),
                presignedUrl);
    }

    /** Clients of the public contract know no other field for them, so URLs are among the properties too. */
    private static Map<String, Object> properties(Blob blob, @Nullable String presignedUrl) {
        boolean isReference = blob.url() != null && blob.key() == null;
        if (!isReference && presignedUrl == null) {
            return blob.metadata();
        }
        Map<String, Object> properties = new LinkedHashMap<>(blob.metadata());
        if (isReference) {
            properties.putIfAbsent("url", String.valueOf(blob.url()));
        }
        if (presignedUrl != null) {
            properties.put("presigned_url", presignedUrl);
        }
        return properties;
    }

    /** Properties of a blob's bytes. */
    @Schema(name = "BlobDetails", description = "What is known of the bytes.")
    record BlobDetails(
            @Schema(description = "The file's name; left out for inline content.", example = "photo.jpg") @Nullable
            String filename,

            @Schema(description = "The size in bytes, where it is known.", example = "482133") @Nullable
            Long sizeBytes,

            @Schema(description = "The media type, where it is known.", example = "image/jpeg") @Nullable
            String mimeType,

            @Schema(
                    description = "What text is encoded in, as its bytes show; left out when it is no text.",
                    example = "UTF-8")
            @Nullable
            String charset,

            @Schema(
                    description = "The SHA-256 of the bytes in hexadecimal, where it is known.",
                    example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
            @Nullable
            String hash) {}
}
