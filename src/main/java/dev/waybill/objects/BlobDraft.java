package dev.waybill.objects;

import dev.waybill.buckets.FieldType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A blob as it was asked for, checked as far as that can be without looking anywhere.
 *
 * @param index its place in the request
 */
public record BlobDraft(
        int index,
        String property,
        FieldType type,
        @Nullable String keyPrefix,
        Content content,
        Map<String, Object> metadata) {

    /** Where the content comes from. */
    public sealed interface Content {

        /** The content itself, kept with the object. */
        record Inline(Object value) implements Content {}

        /**
         * The content itself, too large or too binary to be kept with the object.
         *
         * @param isText whether it came as characters, and so is text in UTF-8 whatever it looks like
         */
        record Bytes(
                byte[] bytes, String filename, @Nullable String mediaType, boolean isText) implements Content {}

        /** Content to be fetched; {@code anew} even if the object has it from there. */
        record Link(String url, boolean anew) implements Content {}

        /** Content that stays where it is. */
        record Reference(String url) implements Content {}

        /** Content that was uploaded. */
        record Uploaded(String uploadId) implements Content {}
    }

    /** Names the blob in messages. */
    String label() {
        return "blobs[%d] (%s)".formatted(index, property);
    }
}
