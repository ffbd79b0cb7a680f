package dev.waybill.objects;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that stand in a text: a {@code data:} URI (RFC 2397), or base64 (RFC 4648) without more. Base64 is taken in either
 * alphabet, with padding or without, with white space in it, and percent-encoded, for all of these are sent; where nothing
 * but the letters says that it is base64, words with spaces between them are none.
 *
 * @param bytes null when it is none of them
 * @param mediaType what the URI says they are, with its parameters; null when it does not say
 * @param problem what is wrong, a sentence without its full stop that starts with "data"; null when nothing is
 */
@SuppressWarnings("ArrayRecordComponent")
record DataUri(
        byte @Nullable [] bytes,
        @Nullable String mediaType,
        @Nullable String problem) {

    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";
    private static final String NEITHER = "data must be a URL, a data: URI or base64";

    static DataUri read(String text) {
        String given = text.strip();
        return given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? ofUri(given.substring(SCHEME.length()))
                : given.indexOf(' ') >= 0 ? wrong(NEITHER) : ofBase64(given, null, NEITHER);
    }

    private static DataUri ofUri(String rest) {
        int comma = comma(rest);
        if (comma < 0) {
            return wrong("data is a data: URI without a comma; write data:image/png;base64,... or data:text/plain,...");
        }
        String head = rest.substring(0, comma).strip();
        String content = rest.substring(comma + 1);
        boolean isBase64 = head.toLowerCase(Locale.ROOT).replace(" ", "").endsWith(BASE64);
        String told = isBase64 ? head.substring(0, head.lastIndexOf(';')).strip() : head;
        // RFC 2397 section 3: who leaves the type out and gives the charset means text/plain.
        String mediaType = told.startsWith(";") ? "text/plain" + told : told.isEmpty() ? null : told;
        byte[] bytes = percentDecoded(content);
        if (bytes == null) {
            return wrong(
                    "data is a data: URI with a % that two hexadecimal digits do not follow; write %25 for the sign itself");
        }
        return isBase64
                ? ofBase64(
                        new String(bytes, StandardCharsets.ISO_8859_1),
                        mediaType,
                        "data is a data: URI that says base64, and what follows its comma is none")
                : new DataUri(bytes, mediaType, null);
    }

    /** The one that ends the head: values of parameters may be quoted. */
    private static int comma(String rest) {
        boolean isQuoted = false;
        for (int i = 0; i < rest.length(); i++) {
            char each = rest.charAt(i);
            isQuoted ^= each == '"';
            if (each == ',' && !isQuoted) {
                return i;
            }
        }
        return rest.indexOf(',');
    }

    private static DataUri ofBase64(String text, @Nullable String mediaType, String problem) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each > ' ') {
                plain.append(each == '-' ? '+' : each == '_' ? '/' : each);
            } else if (each != ' ' && (each < '\t' || each > '\r')) {
                return wrong(problem);
            }
        }
        try {
            return new DataUri(Base64.getDecoder().decode(plain.toString()), mediaType, null);
        } catch (IllegalArgumentException malformed) {
            return wrong(problem);
        }
    }

    /** As UTF-8 where a letter beyond ASCII stands as itself; null when an escape is broken. */
    private static byte @Nullable [] percentDecoded(String text) {
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(written.length);
        for (int i = 0; i < written.length; i++) {
            if (written[i] != '%') {
                decoded.write(written[i]);
                continue;
            }
            int high = i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
            int low = i + 2 < written.length ? Character.digit(written[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return null;
            }
            decoded.write(high << 4 | low);
            i += 2;
        }
        return decoded.toByteArray();
    }

    private static DataUri wrong(String problem) {
        return new DataUri(null, null, problem);
    }
}
