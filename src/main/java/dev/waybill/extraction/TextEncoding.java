package dev.waybill.extraction;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.txt.Icu4jEncodingDetector;

/**
 * What bytes of text are encoded in. What can be read as UTF-8 is UTF-8: guessing by frequencies, which comes after it,
 * takes a short English word for EBCDIC.
 */
final class TextEncoding implements EncodingDetector {

    private static final int LOOKED_AT = 64 * 1024;

    private final transient EncodingDetector guess = new Icu4jEncodingDetector();

    @Override
    public Charset detect(InputStream input, Metadata metadata) throws IOException {
        input.mark(LOOKED_AT);
        byte[] head = input.readNBytes(LOOKED_AT);
        input.reset();
        return isUtf8(head) ? StandardCharsets.UTF_8 : guess.detect(input, metadata);
    }

    /** The last character may be cut off; NUL is what UTF-16 looks like. */
    static boolean isUtf8(byte[] head) {
        CharBuffer characters = CharBuffer.allocate(head.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(head), characters, false);
        return !result.isError() && characters.flip().chars().noneMatch(character -> character == 0);
    }
}
