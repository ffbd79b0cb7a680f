package dev.waybill.objects;

import dev.waybill.buckets.FieldType;
import dev.waybill.platform.storage.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One piece of content of an object.
 *
 * @param id {@code blob_...}
 * @param property the schema's property that it fills
 * @param key where its bytes lie in managed storage; null for inline content
 * @param inline the content itself, a JSON value; null when the bytes lie in storage
 * @param url where the content was fetched from; when neither {@code key} nor {@code inline} is there, the content is what
 *     lies there, and was not fetched
 * @param etag as the client was told when the bytes were verified; null for inline content
 * @param storedEtag as storage tells it at {@code key}, which readers pin; null where it is the same as {@code etag}
 * @param sha256 lower-case hexadecimal where it is known
 * @param md5 lower-case hexadecimal where it is known
 * @param charset what text is encoded in, as it was found when the bytes came; null when it is no text
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

    /** What readers of the bytes pin; null for inline content. */
    public @Nullable String pin() {
        return storedEtag == null ? etag : storedEtag;
    }

    /** Where the bytes of these lie. */
    public static List<ObjectKey> keys(List<Blob> blobs) {
        return blobs.stream().map(Blob::key).flatMap(Stream::ofNullable).toList();
    }

    /** Where the bytes lie that the first ones have and the second ones have not. */
    public static List<ObjectKey> keysOnlyIn(List<Blob> some, List<Blob> others) {
        List<ObjectKey> kept = keys(others);
        return keys(some).stream().filter(key -> !kept.contains(key)).toList();
    }
}
