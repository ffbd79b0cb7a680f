package dev.waybill.platform.storage;

import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as Signature Version 4 wants it (RFC 3986): everything but letters, digits, {@code - . _ ~} is
 * written as {@code %XX}, upper-case, byte by byte of its UTF-8 form.
 */
final class UriEncoding {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        for (char c = 0; c < UNRESERVED.length; c++) {
            UNRESERVED[c] = (c >= 'A' && c <= 'Z')
                    || (c >= 'a' && c <= 'z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '.'
                    || c == '_'
                    || c == '~';
        }
    }

    private UriEncoding() {}

    /** A query's name or value. */
    static String encode(String text) {
        return encode(text, false);
    }

    /** A path: slashes stay. */
    static String encodePath(String path) {
        return encode(path, true);
    }

    private static String encode(String text, boolean keepSlashes) {
        int plain = 0;
        while (plain < text.length() && stays(text.charAt(plain), keepSlashes)) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32).append(text, 0, plain);
        for (byte b : text.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && stays((char) b, keepSlashes)) {
                out.append((char) b);
            } else {
                out.append('%').append((char) HEX[(b >> 4) & 0xF]).append((char) HEX[b & 0xF]);
            }
        }
        return out.toString();
    }

    private static boolean stays(char c, boolean keepSlashes) {
        return c < UNRESERVED.length && (UNRESERVED[c] || (keepSlashes && c == '/'));
    }
}
