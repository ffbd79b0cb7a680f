package dev.waybill.extraction;

import dev.waybill.platform.formats.FileBytes;
import dev.waybill.platform.formats.FormatQuestion;
import dev.waybill.platform.formats.Formats;
import dev.waybill.platform.formats.MediaTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What a file is, by all of its bytes; its name and the type it came with only decide between what these allow. */
final class TypeDetection {

    private static final String TEXT = "text/plain";

    /** What Tika calls Office Open XML behind a password, which is kept in another container. */
    private static final String PROTECTED = "application/x-tika-ooxml-protected";

    String detect(Path path, String filename, String mediaType) throws IOException {
        String claimed = bare(mediaType);
        if (claimed.equals(TEXT)) {
            // Text may be about anything, and a chunk of it may well begin like a web page.
            return TEXT;
        }
        try (FileChannel file = FileChannel.open(path)) {
            byte[] head = read(file, 0, MediaTypes.HEAD_BYTES);
            FileBytes bytes = FileBytes.of(head, file.size(), (from, count) -> read(file, from, count));
            String found = Formats.answer(new FormatQuestion(bytes, filename, mediaType, null))
                    .mediaType();
            if (isOle(head) && found.startsWith("application/vnd.openxmlformats")) {
                return PROTECTED;
            }
            return found.equals(MediaTypes.UNKNOWN) ? claimed : found;
        }
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
