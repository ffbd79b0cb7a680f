package dev.waybill.extraction;

import dev.waybill.platform.formats.TextTypes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Set;

/** Reads text that needs no parser. Every character stays, so that positions in it are those of the author. */
final class PlainText {

    private static final Set<String> MARKED_UP =
            Set.of("text/html", "application/xhtml+xml", "text/rtf", "application/rtf", "text/xml");
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int BUFFER = 16 * 1024;

    private PlainText() {}

    static boolean reads(String mediaType) {
        return TextTypes.isText(mediaType) && !MARKED_UP.contains(mediaType) && !mediaType.startsWith("image/");
    }

    static void read(SpooledFile file, BoundedText into) throws IOException {
        InputStream in = Files.newInputStream(file.path());
        try (Reader reader = new BufferedReader(new InputStreamReader(in, file.encoding()))) {
            skipMark(reader);
            char[] buffer = new char[BUFFER];
            for (int read = reader.read(buffer); read >= 0 && !into.isFull(); read = reader.read(buffer)) {
                into.characters(buffer, 0, read);
            }
        }
    }

    /** It says how the text is encoded, and is no part of it. */
    private static void skipMark(Reader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }
}
