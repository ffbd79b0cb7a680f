package dev.waybill.extraction;

import dev.waybill.platform.formats.DetectionInput;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.FileKind;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a file is: what it was told as when it came, as far as its bytes allow that. Its name was heard then, and is not
 * heard again.
 */
public final class TypeDetection {

    private static final String TEXT = "text/plain";
    private static final String NAMELESS = "";

    /** What Tika calls Office Open XML behind a password, which is kept in another container. */
    private static final String PROTECTED = "application/x-tika-ooxml-protected";

    /** @param mediaType as it was told, with the charset as a parameter where that was told */
    public SpooledFile detect(Path path, String mediaType) throws IOException {
        String told = bare(mediaType);
        try (FileChannel file = FileChannel.open(path)) {
            byte[] head = read(file, 0, MediaTypes.HEAD_BYTES);
            FileBytes bytes = FileBytes.of(head, file.size(), (from, count) -> read(file, from, count));
            DetectionResult answer = Formats.answer(new DetectionInput(bytes, NAMELESS, mediaType, kind(told)));
            String type = type(told, answer.mediaType(), head);
            boolean isText = PlainText.reads(type) || type.contains("html");
            return new SpooledFile(
                    path,
                    type,
                    file.size(),
                    isText ? TextEncoding.of(path, head, answer.evidence().charset()) : null);
        }
    }

    private static String type(String told, String found, byte[] head) {
        if (told.equals(TEXT)) {
            // Text may be about anything, and a chunk of it may well begin like a web page.
            return TEXT;
        }
        if (isOle(head) && found.startsWith("application/vnd.openxmlformats")) {
            return PROTECTED;
        }
        return found.equals(MediaTypes.UNKNOWN) ? told : found;
    }

    /** The question is asked as it was for the property that took it, or as for one that might have. */
    private static FileKind kind(String told) {
        return Stream.of(FileKind.values())
                .filter(kind -> kind.takes(told))
                .findFirst()
                .orElse(FileKind.BINARY);
    }

    /** Without parameters, in lower case. */
    static String bare(String mediaType) {
        int semicolon = mediaType.indexOf(';');
        return (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isOle(byte[] head) {
        return head.length > 1 && head[0] == (byte) 0xD0 && head[1] == (byte) 0xCF;
    }

    private static byte[] read(FileChannel file, long from, int count) throws IOException {
        ByteBuffer range = ByteBuffer.allocate(count);
        while (range.hasRemaining() && file.read(range, from + range.position()) >= 0) {
            // until it is full
        }
        return Arrays.copyOf(range.array(), range.position());
    }
}
