package dev.waybill.platform.storage;

import org.jspecify.annotations.Nullable;

/**
 * A server-side copy within the bucket, pinned to the source's ETag. Its metadata is replaced: nothing of the source's
 * goes along.
 *
 * @param pin the source's ETag: bytes that came since are not copied
 * @param size of the bytes that {@code pin} stands for; 0 to 5 TiB
 * @param to another key than {@code from}; what lies there is replaced
 * @param contentType visible ASCII and spaces
 * @param filename browsers save the copy under this name; any text that {@link FileNames#problems} finds no fault with
 * @param contentEncoding such as {@code gzip}; visible ASCII. Null when the bytes are as they are
 */
public record CopyTerms(
        ObjectKey from,
        ETag pin,
        long size,
        ObjectKey to,
        String contentType,
        @Nullable String filename,
        @Nullable String contentEncoding) {

    private static final long MAX_BYTES = 5L << 40;

    public CopyTerms {
        if (size < 0 || size > MAX_BYTES) {
            throw new IllegalArgumentException("an object holds 0 bytes to 5 TiB, not " + size);
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("a copy needs a key of its own");
        }
        requireHeader("content type", contentType);
        if (contentEncoding != null) {
            requireHeader("content encoding", contentEncoding);
        }
    }

    private static void requireHeader(String name, String value) {
        if (value.isBlank() || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a " + name + " holds visible ASCII characters and spaces");
        }
    }
}
