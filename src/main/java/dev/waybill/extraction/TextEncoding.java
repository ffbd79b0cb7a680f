package dev.waybill.extraction;

import dev.waybill.platform.charsets.TextEncodings;
import dev.waybill.platform.formats.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.html.HtmlEncodingDetector;
import org.jspecify.annotations.Nullable;

/**
 * Detects the charset of a text file: what its first bytes show, as at confirm. Where these are all ASCII, and so would
 * be the same in most charsets, the first ones that are not decide.
 */
final class TextEncoding {

    /** Bytes read before it, so that sequences are complete. */
    private static final int BEFORE = 64;

    private static final int BUFFER = 64 * 1024;

    private TextEncoding() {}

    /**
     * Detects it.
     *
     * @param head the first bytes
     * @param found the charset that they show; null when they show none
     */
    static Charset of(Path path, byte[] head, @Nullable String found) throws IOException {
        if (found != null && !found.equals(StandardCharsets.UTF_8.name())) {
            return TextEncodings.charset(found);
        }
        return isAscii(head) ? ofTheFirstOther(path) : StandardCharsets.UTF_8;
    }

    /** A web page declares it by itself, or it is what was detected. */
    static EncodingDetector ofPage(Charset found) {
        HtmlEncodingDetector html = new HtmlEncodingDetector();
        return (input, metadata) -> {
            Charset declared = html.detect(input, new Metadata());
            return declared == null ? found : declared;
        };
    }

    private static Charset ofTheFirstOther(Path path) throws IOException {
        long first = firstOther(path);
        if (first < 0) {
            return StandardCharsets.UTF_8;
        }
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(Math.max(0, first - BEFORE));
            byte[] seen = in.readNBytes(BEFORE + MediaTypes.HEAD_BYTES);
            return TextEncodings.detect(seen, in.read() < 0, null)
                    .map(TextEncodings::charset)
                    .orElse(StandardCharsets.UTF_8);
        }
    }

    /** The position of the first byte that is not ASCII; negative when all is ASCII. */
    private static long firstOther(Path path) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = 0;
        try (InputStream in = Files.newInputStream(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] < 0) {
                        return at + i;
                    }
                }
                at += read;
            }
        }
        return -1;
    }

    private static boolean isAscii(byte[] head) {
        for (byte each : head) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }
}
