package dev.waybill.platform.fetch;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the name that a server gives a file in {@code Content-Disposition} (RFC 6266, with RFC 8187 for what is no
 * ASCII).
 */
final class DispositionName {

    private static final Pattern EXTENDED =
            Pattern.compile("(?i)filename\\*\\s*=\\s*(utf-8|iso-8859-1)'[^']*'([^;\\s]{1,600})");
    private static final Pattern PLAIN =
            Pattern.compile("(?i)filename\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.){0,300})\"|([^;\\s\"]{1,300}))");
    private static final int MAX_HEADER = 2_000;

    private DispositionName() {}

    /** The bare name, without folders; empty when there is none that can be read. */
    static Optional<String> of(@Nullable String header) {
        if (header == null || header.length() > MAX_HEADER) {
            return Optional.empty();
        }
        return extended(header)
                .or(() -> plain(header))
                .map(DispositionName::bare)
                .filter(name -> !name.isBlank());
    }

    private static Optional<String> extended(String header) {
        Matcher found = EXTENDED.matcher(header);
        if (!found.find()) {
            return Optional.empty();
        }
        Charset charset = found.group(1).toLowerCase(Locale.ROOT).startsWith("utf")
                ? StandardCharsets.UTF_8
                : StandardCharsets.ISO_8859_1;
        try {
            return Optional.of(URLDecoder.decode(found.group(2).replace("+", "%2B"), charset));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> plain(String header) {
        Matcher found = PLAIN.matcher(header);
        if (!found.find()) {
            return Optional.empty();
        }
        return Optional.of(
                found.group(1) == null ? found.group(2) : found.group(1).replaceAll("\\\\(.)", "$1"));
    }

    private static String bare(String name) {
        int folder = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        return name.substring(folder + 1).strip();
    }
}
