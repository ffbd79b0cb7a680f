package dev.waybill.connectors.s3;

import dev.waybill.connectors.SourceFile;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The version of a key's content: its ETag and size, or its size and time where the store lists no ETag.
 *
 * @param etag without its quotes; null where none is listed
 */
record S3Version(@Nullable String etag, String text) {

    static S3Version of(@Nullable String etag, long size, @Nullable Instant modifiedAt) {
        String bare = bare(etag);
        return bare == null
                ? new S3Version(null, size + "@" + (modifiedAt == null ? "" : modifiedAt))
                : new S3Version(bare, bare + "/" + size);
    }

    /** Of a file that was listed. */
    static S3Version of(SourceFile file) {
        return new S3Version(file.facts().get("etag"), file.version());
    }

    Map<String, String> facts() {
        return etag == null ? Map.of() : Map.of("etag", etag);
    }

    /** An ETag without quotes; null when it is empty. */
    static @Nullable String bare(@Nullable String etag) {
        if (etag == null) {
            return null;
        }
        String value = etag.startsWith("W/") ? etag.substring(2) : etag;
        boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        value = isQuoted ? value.substring(1, value.length() - 1) : value;
        return value.isEmpty() ? null : value;
    }
}
