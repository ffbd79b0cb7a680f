package dev.waybill.platform.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the {@code Content-Encoding} of responses, which some servers apply though they were asked not to (RFC 9110
 * 8.4.1).
 */
final class ContentDecoding {

    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int ZLIB_METHOD = 8;

    private ContentDecoding() {}

    /**
     * The bytes as they were before they were packed. How many come of them is for the reader to bound.
     *
     * @param encodings the header's value, the last one applied last; null when there is none
     * @throws UnknownEncodingException when one of them is not known here
     */
    static InputStream open(InputStream packed, @Nullable String encodings) throws IOException {
        InputStream bytes = packed;
        for (String encoding : lastFirst(encodings)) {
            bytes = switch (encoding) {
                case "", "identity", "aws-chunked" -> bytes; // the last is of S3's clients, and is undone by S3
                case "gzip", "x-gzip" -> gzip(bytes);
                case "deflate" -> deflate(bytes);
                default -> throw new UnknownEncodingException(encoding);
            };
        }
        return bytes;
    }

    private static Deque<String> lastFirst(@Nullable String encodings) {
        Deque<String> names = new ArrayDeque<>();
        if (encodings != null) {
            for (String name : encodings.split(",", -1)) {
                names.push(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** Some servers declare it for what is not packed. */
    private static InputStream gzip(InputStream packed) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(packed, 2);
        return peek(bytes) == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
    }

    /** In zlib's format, as the standard has it, or without, as some servers have it. */
    private static InputStream deflate(InputStream packed) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(packed, 2);
        int first = peek(bytes);
        boolean isZlib = (first >> 8 & 0x0f) == ZLIB_METHOD && first % 31 == 0;
        return isZlib ? new InflaterInputStream(bytes) : new InflaterInputStream(bytes, new Inflater(true));
    }

    private static int peek(PushbackInputStream bytes) throws IOException {
        byte[] first = bytes.readNBytes(2);
        bytes.unread(first);
        return first.length < 2 ? 0 : (first[0] & 0xff) << 8 | first[1] & 0xff;
    }

    /** A server packs in a way that is not known here. */
    static final class UnknownEncodingException extends IOException {

        private final String encoding;

        UnknownEncodingException(String encoding) {
            super("unknown content encoding");
            this.encoding = encoding;
        }

        String encoding() {
            return encoding;
        }
    }
}
