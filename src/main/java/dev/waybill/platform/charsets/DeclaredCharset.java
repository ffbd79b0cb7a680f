package dev.waybill.platform.charsets;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charset that a text says it is written in: XML in its declaration (XML 1.0, 2.8), HTML in a meta element within
 * its first 1024 bytes (HTML Living Standard, 4.2.5.4).
 */
final class DeclaredCharset {

    private static final int MAX_READ = 1024;
    private static final Pattern XML =
            Pattern.compile("^\\s*<\\?xml[^>]{0,200}?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");
    private static final Pattern META =
            Pattern.compile("(?i)<meta\\s[^>]{0,300}?charset\\s*=\\s*[\"']?([A-Za-z0-9._:-]{1,40})");

    private DeclaredCharset() {}

    /** As it is written there; null when nothing is said. */
    static @Nullable String in(byte[] head, int length) {
        String start = new String(head, 0, Math.min(length, MAX_READ), StandardCharsets.ISO_8859_1);
        if (start.indexOf('<') < 0) {
            return null;
        }
        Matcher xml = XML.matcher(start);
        if (xml.find()) {
            return xml.group(1);
        }
        Matcher meta = META.matcher(start);
        return meta.find() ? meta.group(1) : null;
    }
}
