package dev.waybill.platform.formats;

import dev.waybill.platform.charsets.TextEncodings;
import dev.waybill.platform.formats.Signatures.Signature;
import java.nio.charset.StandardCharsets;
import org.apache.tika.Tika;
import org.jspecify.annotations.Nullable;

/**
 * Detection by the bytes alone, whatever they are called: by the tables and walks of this package, and by Tika's
 * registry where these know nothing and the bytes are no text.
 *
 * @param format what they show; null when there is nothing but text
 * @param charset when they are text as well: what it is encoded in
 * @param isSure whether they are the format though they could be read as text
 */
record DetectedBytes(@Nullable Format format, @Nullable String charset, boolean isSure) {

    /** ISO 32000-1 annex H, implementation note 13: readers take the header anywhere in the first 1 024 bytes. */
    private static final Format PDF =
            Format.of("application/pdf", "PDF", "a PDF document", "application/illustrator", "application/postscript");

    private static final int PDF_WITHIN = 1024;

    /** Where the headers of pictures and sound have small numbers of several bytes. */
    private static final int HEADER = 64;

    private static final Tika REGISTRY = new Tika();

    static DetectedBytes at(FileBytes bytes, @Nullable String declaredCharset) {
        if (bytes.size() == 0) {
            return new DetectedBytes(Format.EMPTY, null, true);
        }
        Format container = container(bytes);
        if (container != null) {
            return new DetectedBytes(container, null, true);
        }
        Signature signature = Signatures.find(bytes.head(), bytes.headLength());
        if (signature != null && !signature.isTextual()) {
            return new DetectedBytes(signature.format(), null, true);
        }
        Format found = signature == null ? further(bytes) : signature.format();
        if (found != null && found != PDF && isNoText(bytes)) {
            return new DetectedBytes(found, null, true);
        }
        Format packets = TransportStream.ofMarked(bytes);
        if (packets != null) {
            return new DetectedBytes(packets, null, true);
        }
        if (found == null && ImageSignatures.isTga(bytes)) {
            // Its header holds bytes that no text has, and its pixels may be read as anything.
            return new DetectedBytes(
                    ImageSignatures.isWholeTga(bytes) ? ImageSignatures.TGA : Format.UNKNOWN, null, true);
        }
        String charset = TextEncodings.find(bytes.head(), bytes.headLength(), bytes.isWhole(), declaredCharset);
        if (charset != null) {
            return ofText(bytes, found, charset);
        }
        Format format = found == null ? StreamSignatures.of(bytes) : found;
        return new DetectedBytes(format == null ? registered(bytes) : format, null, true);
    }

    private static DetectedBytes ofText(FileBytes bytes, @Nullable Format found, String charset) {
        if (found == null && !charset.equals("UTF-8")) {
            Format cut = TransportStream.ofCut(bytes);
            if (cut != null) {
                return new DetectedBytes(cut, null, true);
            }
        }
        if (Netpbm.isPlain(bytes)) {
            return new DetectedBytes(null, charset, false);
        }
        return new DetectedBytes(found, charset, found == PDF && bytes.is(0, "%PDF-") && hasObjects(bytes));
    }

    /**
     * Much of what is no text can be read in some charset of one byte a letter, so what a format's header says goes
     * first.
     */
    private static boolean isNoText(FileBytes bytes) {
        for (int at = 0; at < HEADER; at++) {
            if (bytes.u8(at) == 0) {
                return true;
            }
        }
        return Netpbm.isWhole(bytes) || ImageSignatures.hasWholeHeader(bytes) || Flash.is(bytes);
    }

    private static @Nullable Format container(FileBytes bytes) {
        if (isFourLetters(bytes)) {
            Format boxes = IsoMedia.of(bytes);
            if (boxes != null) {
                return boxes;
            }
        }
        return switch (bytes.u8(0)) {
            case 'P' -> isZip(bytes) ? ZipContents.of(bytes) : null;
            case 0x1A -> bytes.u32(0) == 0x1A45DFA3L ? Matroska.of(bytes) : null;
            case '0' -> Asf.of(bytes);
            case 0xD0 -> isOle(bytes) ? OleDirectory.of(bytes) : null;
            case 0x06 -> Mxf.ofSound(bytes);
            default -> null;
        };
    }

    private static boolean isOle(FileBytes bytes) {
        return bytes.u32(0) == 0xD0CF11E0L && bytes.u32(4) == 0xA1B11AE1L;
    }

    private static boolean isZip(FileBytes bytes) {
        long mark = bytes.u32(0);
        return mark == 0x504B0304L || mark == 0x504B0506L || (mark == 0x504B0708L && bytes.u32(4) == 0x504B0304L);
    }

    /** Of ISO base media: letters and spaces, where text has anything. */
    private static boolean isFourLetters(FileBytes bytes) {
        for (int at = 4; at < 8; at++) {
            int letter = bytes.u8(at);
            if (letter != ' ' && (letter < 'A' || letter > 'z')) {
                return false;
            }
        }
        return true;
    }

    /** Marks that a text may begin with too. */
    private static @Nullable Format further(FileBytes bytes) {
        Format chunks = switch (bytes.u8(0)) {
            case 'R', 'B' -> Riff.of(bytes);
            case 'F' -> Flash.is(bytes) ? Flash.FORMAT : Riff.of(bytes);
            case 'C', 'Z' -> Flash.is(bytes) ? Flash.FORMAT : null;
            case 'O' -> bytes.is(0, "OggS") && bytes.u8(4) == 0 ? OggPages.of(bytes) : null;
            default -> null;
        };
        if (chunks != null) {
            return chunks;
        }
        Format picture = ImageSignatures.of(bytes);
        return picture == null && hasPdfHeader(bytes) ? PDF : picture;
    }

    private static boolean hasPdfHeader(FileBytes bytes) {
        byte[] head = bytes.head();
        int last = Math.min(Math.min(head.length, bytes.headLength()), PDF_WITHIN + 5) - 5;
        for (int at = 0; at <= last; at++) {
            if (head[at] == '%' && bytes.is(at, "%PDF-")) {
                return true;
            }
        }
        return false;
    }

    /**
     * ISO 32000-1 7.3.10: two numbers and a word begin each of the objects that a document is made of, and a word ends
     * it.
     */
    private static boolean hasObjects(FileBytes bytes) {
        String head = new String(bytes.head(), 0, bytes.headLength(), StandardCharsets.ISO_8859_1);
        int object = head.indexOf(" obj");
        boolean isNumbered = object > 2 && Character.isDigit(head.charAt(object - 1)) && isAtLine(head, object - 1);
        return isNumbered && (head.indexOf("endobj", object) > 0 || head.indexOf("%%EOF", object) > 0);
    }

    /** Whether nothing but numbers stands before it in its line. */
    private static boolean isAtLine(String head, int last) {
        int at = last;
        while (at > 0 && (Character.isDigit(head.charAt(at)) || head.charAt(at) == ' ')) {
            at--;
        }
        return at > 0 && head.charAt(at) < ' ';
    }

    /** Never text: that has been decided. */
    private static Format registered(FileBytes bytes) {
        byte[] head = bytes.head().length == bytes.headLength()
                ? bytes.head()
                : java.util.Arrays.copyOf(bytes.head(), bytes.headLength());
        String type = MediaTypes.canonical(REGISTRY.detect(head));
        boolean isKnown = !type.equals(MediaTypes.UNKNOWN) && !TextTypes.isText(type);
        return isKnown ? Format.registered(type) : Format.UNKNOWN;
    }
}
