package dev.waybill.blobs;

import dev.waybill.buckets.FieldType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A requested blob, validated as far as possible without reading anything else.
 *
 * @param index its position in the request
 */
public record BlobDraft(
        int index,
        String property,
        FieldType type,
        @Nullable String keyPrefix,
        Content content,
        Map<String, Object> metadata) {

    /** The source of the content. */
    public sealed interface Content {

        /** The content itself, stored in the object's document. */
        record Inline(Object value) implements Content {}

        /**
         * The content itself, too large or too binary for the object's document.
         *
         * @param isText whether it was sent as characters, and so is UTF-8 text whatever its format looks like
         */
        record Bytes(
                byte[] bytes, String filename, @Nullable String mediaType, boolean isText) implements Content {}

        /** Content to be fetched; with {@code anew} even if the object has it from that URL. */
        record Link(String url, boolean anew) implements Content {}

        /** Content that stays at its URL. */
        record Reference(String url) implements Content {}

        /** Content that was uploaded. */
        record Uploaded(String uploadId) implements Content {}
    }

    /** Names the blob in messages. */
    String label() {
        return "blobs[%d] (%s)".formatted(index, property);
    }
}
