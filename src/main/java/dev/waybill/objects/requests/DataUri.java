package dev.waybill.objects.requests;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parser of bytes in a text: a {@code data:} URI (RFC 2397), or plain base64 (RFC 4648). Base64 is accepted in either
 * alphabet, with or without padding, with white space, and percent-encoded, as all of these are sent; outside of a URI,
 * text with spaces is not taken for base64.
 *
 * @param bytes null when it is neither
 * @param mediaType of the URI, with its parameters; null when it has none
 * @param problem an error message without its full stop that starts with "data"; null when there is none
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
        String stripped = text.strip();
        return stripped.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? ofUri(stripped.substring(SCHEME.length()))
                : stripped.indexOf(' ') >= 0 ? wrong(NEITHER) : ofBase64(stripped, null, NEITHER);
    }

    private static DataUri ofUri(String rest) {
        int comma = comma(rest);
        if (comma < 0) {
            return wrong("data is a data: URI without a comma; write data:image/png;base64,... or data:text/plain,...");
        }
        String head = rest.substring(0, comma).strip();
        String content = rest.substring(comma + 1);
        boolean isBase64 = head.toLowerCase(Locale.ROOT).replace(" ", "").endsWith(BASE64);
        String declared = isBase64 ? head.substring(0, head.lastIndexOf(';')).strip() : head;
        // RFC 2397 section 3: a charset without a type means text/plain.
        String mediaType = declared.startsWith(";") ? "text/plain" + declared : declared.isEmpty() ? null : declared;
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

    /** The comma that ends the head: values of parameters may be quoted. */
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

    /** Characters beyond ASCII are encoded in UTF-8; null when an escape is broken. */
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
