package dev.waybill.platform.storage.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding as Signature Version 4 wants it (RFC 3986): everything but letters, digits, {@code - . _ ~} is
 * written as {@code %XX}, upper-case, byte by byte of its UTF-8 form.
 */
final class UriEncoding {

    private UriEncoding() {}

    /** A query's name or value. */
    static String encode(String text) {
        // The JDK encodes for forms, which differ in these three.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A path: slashes stay. */
    static String encodePath(String path) {
        return encode(path).replace("%2F", "/");
    }
}
