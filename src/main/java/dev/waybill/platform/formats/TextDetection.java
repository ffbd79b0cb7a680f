package dev.waybill.platform.formats;

import dev.waybill.platform.charsets.TextEncodings;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Detects the format of text by what it looks like. It decides what text is called when nobody called it anything, and
 * whether it draws a picture; it never makes anything of text that its sender says is something else.
 */
final class TextDetection {

    static final Format TEXT = Format.text("text/plain", "TEXT", "a text");

    private static final Format HTML = Format.text("text/html", "HTML", "an HTML page");
    private static final Format XML = Format.text("application/xml", "XML", "an XML document");
    private static final Format SVG = Format.text("image/svg+xml", "SVG", "an SVG image");
    private static final Format JSON = Format.text("application/json", "JSON", "a JSON text");
    private static final Format RTF = Format.text("application/rtf", "RTF", "an RTF document");
    private static final Format POSTSCRIPT = Format.text("application/postscript", "POSTSCRIPT", "a PostScript file");
    private static final Format EPS = Format.text("application/postscript", "EPS", "an EPS image", "image/x-eps");

    /** A word or a number is JSON where JSON is requested. */
    private static final Format SCALAR = Format.text("text/plain", "TEXT", "a text", "application/json");

    private static final Format XBM = Format.text("text/plain", "TEXT", "a text", "image/x-xbitmap");
    private static final Format XPM = Format.text("text/plain", "TEXT", "a text", "image/x-xpixmap");
    private static final Format PBM =
            Format.text("text/plain", "TEXT", "a text", "image/x-portable-bitmap", "image/x-portable-anymap");
    private static final Format PGM =
            Format.text("text/plain", "TEXT", "a text", "image/x-portable-graymap", "image/x-portable-anymap");
    private static final Format PPM =
            Format.text("text/plain", "TEXT", "a text", "image/x-portable-pixmap", "image/x-portable-anymap");
    private static final int MAX_WIDE_READ = 2048;

    private TextDetection() {}

    /** @param charset what it is encoded in */
    static Format of(FileBytes bytes, String charset) {
        boolean isWide = charset.startsWith("UTF-16") || charset.startsWith("UTF-32");
        return isWide ? ofNarrow(FileBytes.of(narrowed(bytes, charset))) : ofNarrow(bytes);
    }

    /** Whether it is an SVG image, in UTF-8 or in what is written like it as far as the root. */
    static boolean isDrawing(FileBytes bytes) {
        String charset = TextEncodings.find(bytes.head(), bytes.headLength(), bytes.isWhole(), null);
        return charset != null && of(bytes, charset).mediaType().equals(SVG.mediaType());
    }

    private static byte[] narrowed(FileBytes bytes, String charset) {
        int length = Math.min(bytes.headLength(), MAX_WIDE_READ);
        CharBuffer text = TextEncodings.decode(TextEncodings.charset(charset), bytes.head(), length, false);
        return text == null ? new byte[0] : text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Format ofNarrow(FileBytes bytes) {
        int at = bytes.u8(0) == 0xEF && bytes.u8(1) == 0xBB && bytes.u8(2) == 0xBF ? 3 : 0;
        while (isSpace(bytes.u8(at))) {
            at++;
        }
        return switch (bytes.u8(at)) {
            case '<' -> ofMarkup(bytes, at);
            case '{' -> bytes.is(at, "{\\rtf") ? RTF : isJson(bytes, at) ? JSON : TEXT;
            case '[' -> isJson(bytes, at) ? JSON : TEXT;
            case '%' -> bytes.is(at, "%!PS") ? ofPostScript(bytes, at) : TEXT;
            case '!' -> bytes.is(at, "! XPM2") ? XPM : TEXT;
            case 0x04 -> bytes.is(at + 1, "%!PS") ? POSTSCRIPT : TEXT;
            case '#' -> isXbm(bytes, at) ? XBM : TEXT;
            case '/' -> bytes.is(at, "/* XPM */") ? XPM : isXbm(bytes, afterComment(bytes, at)) ? XBM : TEXT;
            case 'P' -> at == 0 ? ofPortable(bytes) : TEXT;
            default -> JsonScalar.is(bytes, at) ? SCALAR : TEXT;
        };
    }

    /** Adobe EPSF 3.0, 2: the first line says so. */
    private static Format ofPostScript(FileBytes bytes, int at) {
        int next = at;
        while (bytes.u8(next) > ' ') {
            next++;
        }
        return bytes.is(next, " EPSF-") ? EPS : POSTSCRIPT;
    }

    /** Netpbm's plain formats: P1, P2 and P3. */
    private static Format ofPortable(FileBytes bytes) {
        if (!Netpbm.isPlain(bytes)) {
            return TEXT;
        }
        return bytes.u8(1) == '1' ? PBM : bytes.u8(1) == '2' ? PGM : PPM;
    }

    /** SVG 2 (5.1): its root is {@code svg}, which a prolog, comments and a document type may precede. */
    private static Format ofMarkup(FileBytes bytes, int from) {
        int end = bytes.headLength();
        int at = from;
        while (at < end) {
            if (bytes.u8(at) != '<') {
                at++;
            } else if (bytes.is(at, "<!--")) {
                at = after(bytes, at, "-->");
            } else if (bytes.is(at, "<?")) {
                at = after(bytes, at, "?>");
            } else if (bytes.is(at, "<!")) {
                if (isWord(bytes, at + 2, "doctype html")) {
                    return HTML;
                }
                at = afterType(bytes, at);
            } else {
                return ofRoot(bytes, at + 1, isDeclared(bytes, from));
            }
        }
        // What comes before the root is long; the sender knows what it is.
        return Format.text(
                isDeclared(bytes, from) ? "application/xml" : "text/plain", "XML", "an XML document", "image/svg+xml");
    }

    private static boolean isDeclared(FileBytes bytes, int at) {
        return bytes.is(at, "<?xml");
    }

    private static Format ofRoot(FileBytes bytes, int at, boolean isDeclared) {
        if (isName(bytes, at, "svg") || (isName(bytes, at, "svg:svg"))) {
            return SVG;
        }
        String[] htmlTags = {"html", "head", "body", "title", "script", "style", "table", "div", "p", "h1", "a", "br"};
        for (String tag : htmlTags) {
            if (isName(bytes, at, tag)) {
                return HTML;
            }
        }
        int colon = at;
        while (isNameCharacter(bytes.u8(colon))) {
            colon++;
        }
        boolean isPrefixed = bytes.u8(colon) == ':' && isName(bytes, colon + 1, "svg");
        return isPrefixed ? SVG : isDeclared || colon > at ? XML : TEXT;
    }

    private static boolean isName(FileBytes bytes, int at, String name) {
        return isWord(bytes, at, name)
                && !isNameCharacter(bytes.u8(at + name.length()))
                && bytes.u8(at + name.length()) != ':';
    }

    private static boolean isNameCharacter(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_'
                || character == '.'
                || character >= 0x80;
    }

    /** In any case. */
    private static boolean isWord(FileBytes bytes, int at, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            int character = bytes.u8(at + i);
            int folded = character >= 'A' && character <= 'Z' ? character + 32 : character;
            if (folded != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int after(FileBytes bytes, int from, String end) {
        int at = from;
        while (at < bytes.headLength() && !bytes.is(at, end)) {
            at++;
        }
        return at + end.length();
    }

    /** A document type may hold declarations in brackets. */
    private static int afterType(FileBytes bytes, int from) {
        int at = from;
        boolean isInside = false;
        while (at < bytes.headLength()) {
            int character = bytes.u8(at++);
            if (character == '[') {
                isInside = true;
            } else if (character == ']') {
                isInside = false;
            } else if (character == '>' && !isInside) {
                return at;
            }
        }
        return at;
    }

    private static int afterComment(FileBytes bytes, int at) {
        int next = bytes.is(at, "/*") ? after(bytes, at, "*/") : at;
        while (isSpace(bytes.u8(next))) {
            next++;
        }
        return next;
    }

    /** X11 bitmaps are C: {@code #define name_width 16}. */
    private static boolean isXbm(FileBytes bytes, int at) {
        if (!bytes.is(at, "#define ")) {
            return false;
        }
        int next = at + 8;
        while (bytes.u8(next) > ' ') {
            next++;
        }
        return bytes.is(next - 6, "_width") || bytes.is(next - 5, "width");
    }

    /** RFC 8259 section 2: what may follow a bracket. */
    private static boolean isJson(FileBytes bytes, int at) {
        int next = at + 1;
        while (isSpace(bytes.u8(next))) {
            next++;
        }
        int character = bytes.u8(next);
        boolean isObject = bytes.u8(at) == '{';
        if (character == -1 || character == '"') {
            return true;
        }
        return isObject
                ? character == '}'
                : character == ']'
                        || character == '{'
                        || character == '['
                        || character == '-'
                        || (character >= '0' && character <= '9')
                        || bytes.is(next, "true")
                        || bytes.is(next, "false")
                        || bytes.is(next, "null");
    }

    private static boolean isSpace(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
