package dev.waybill.blobs;

import dev.waybill.buckets.FieldType;
import dev.waybill.platform.storage.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A blob: one piece of content of an object, in storage, inline, or as a reference to a URL.
 *
 * @param id {@code blob_...}
 * @param property the schema's property that it belongs to
 * @param key its storage key; null for inline content
 * @param inline the content itself, a JSON value; null when the bytes are in storage
 * @param url where the content was fetched from; without {@code key} and {@code inline} it is a reference, which was
 *     not fetched
 * @param etag as returned to the client when the bytes were verified; null for inline content
 * @param storedEtag of the object at {@code key}, which readers send as If-Match; null where it is the same as
 *     {@code etag}
 * @param sha256 lower-case hexadecimal where it is known
 * @param md5 lower-case hexadecimal where it is known
 * @param charset of text, as detected at ingestion; null when it is no text
 */
public record Blob(
        String id,
        String property,
        FieldType type,
        @Nullable String keyPrefix,
        @Nullable ObjectKey key,
        @Nullable Object inline,
        @Nullable String filename,
        @Nullable Long sizeBytes,
        @Nullable String mimeType,
        @Nullable String etag,
        @Nullable String storedEtag,
        @Nullable String sha256,
        @Nullable String md5,
        @Nullable String url,
        Map<String, Object> metadata,
        @Nullable String charset) {

    /** The ETag that readers of the bytes send as If-Match; null for inline content. */
    public @Nullable String pin() {
        return storedEtag == null ? etag : storedEtag;
    }

    /** The storage keys of blobs. */
    public static List<ObjectKey> keys(List<Blob> blobs) {
        return blobs.stream().map(Blob::key).flatMap(Stream::ofNullable).toList();
    }

    /** The storage keys of the first blobs without those of the second. */
    public static List<ObjectKey> keysOnlyIn(List<Blob> blobs, List<Blob> excluded) {
        List<ObjectKey> keys = keys(excluded);
        return keys(blobs).stream().filter(key -> !keys.contains(key)).toList();
    }
}
