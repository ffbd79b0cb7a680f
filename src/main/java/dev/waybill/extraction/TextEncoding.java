package dev.waybill.extraction;

import dev.waybill.platform.formats.TextEncodings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.txt.Icu4jEncodingDetector;

/** What bytes of text are encoded in: as confirm found it, and by frequencies where that finds nothing. */
final class TextEncoding implements EncodingDetector {

    private static final int LOOKED_AT = 64 * 1024;

    private final transient EncodingDetector guess = new Icu4jEncodingDetector();

    @Override
    public Charset detect(InputStream input, Metadata metadata) throws IOException {
        input.mark(LOOKED_AT);
        byte[] head = input.readNBytes(LOOKED_AT);
        input.reset();
        String name = TextEncodings.detect(head, head.length < LOOKED_AT, null).orElse(null);
        if (name != null) {
            return TextEncodings.charset(name);
        }
        Charset guessed = guess.detect(input, metadata);
        return guessed == null ? StandardCharsets.UTF_8 : guessed;
    }
}
