package dev.waybill.extraction;

import dev.waybill.platform.formats.TextTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Set;
import org.apache.tika.detect.AutoDetectReader;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;

/** Text that needs no parser. It is kept letter by letter, so that positions in it mean something to who wrote it. */
final class PlainText {

    private static final Set<String> MARKED_UP =
            Set.of("text/html", "application/xhtml+xml", "text/rtf", "application/rtf", "text/xml");
    private static final EncodingDetector ENCODINGS = new TextEncoding();
    private static final int BUFFER = 16 * 1024;

    private PlainText() {}

    static boolean reads(String mediaType) {
        return TextTypes.isText(mediaType) && !MARKED_UP.contains(mediaType) && !mediaType.startsWith("image/");
    }

    static void read(SpooledFile file, BoundedText into) throws IOException, TikaException {
        try (InputStream in = Files.newInputStream(file.path());
                AutoDetectReader reader = new AutoDetectReader(in, new Metadata(), ENCODINGS)) {
            char[] buffer = new char[BUFFER];
            for (int read = reader.read(buffer); read >= 0 && !into.isFull(); read = reader.read(buffer)) {
                into.characters(buffer, 0, read);
            }
        }
    }
}
