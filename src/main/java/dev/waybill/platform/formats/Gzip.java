package dev.waybill.platform.formats;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Files that are packed on their way, and said to be ({@code Content-Encoding}, RFC 9110 8.4). */
final class Gzip {

    static final String NAME = "gzip";

    private static final int MAGIC = 0x1F8B;

    private Gzip() {}

    /** Whether the bytes are packed as they are said to be. */
    static boolean isPacked(FormatQuestion question) {
        String encoding = question.contentEncoding();
        if (encoding == null || question.bytes().u16(0) != MAGIC) {
            return false;
        }
        String name = encoding.strip().toLowerCase(Locale.ROOT);
        return name.equals(NAME) || name.equals("x-gzip");
    }

    /** The first bytes of what is inside; null when the packed file itself is meant, or nothing comes out. */
    static byte @Nullable [] unpacked(FormatQuestion question) {
        return question.told().contains("application/gzip")
                ? null
                : inflate(question.bytes().head());
    }

    /** As far as it goes: what was read of the packed bytes ends anywhere. */
    private static byte @Nullable [] inflate(byte[] packed) {
        byte[] inner = new byte[MediaTypes.HEAD_BYTES];
        int length = 0;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int read = 0;
            while (read >= 0 && length < inner.length) {
                length += read;
                read = in.read(inner, length, inner.length - length);
            }
        } catch (IOException cut) {
            return length == 0 ? null : Arrays.copyOf(inner, length);
        }
        return length == 0 ? null : Arrays.copyOf(inner, length);
    }
}
