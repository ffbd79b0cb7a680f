package dev.waybill.platform.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses URLs as people write them and servers send them, as browsers do (https://url.spec.whatwg.org). */
public final class WebUrl {

    private static final Pattern AUTHORITY = Pattern.compile("(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*");
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern DOT = Pattern.compile("(?i)\\.|%2e");
    private static final Pattern TWO_DOTS = Pattern.compile("(?i)(\\.|%2e){2}");

    /** What no URI holds, in the path also brackets; control characters and backslashes are left, to be refused. */
    private static final String ENCODED = " \"<>^`{|}";

    private WebUrl() {}

    /** The URL as it goes over the line: spaces and letters, such as {@code /写 真.png}, are percent-encoded as UTF-8. */
    static String encoded(String url) {
        return encoded(url.strip(), StandardCharsets.UTF_8);
    }

    private static String encoded(String url, Charset charset) {
        Matcher authority = AUTHORITY.matcher(url);
        int path = authority.lookingAt() ? authority.end() : 0;
        int query = url.indexOf('?', path);
        StringBuilder encoded = new StringBuilder(url.length()).append(encoded(url.substring(0, path), "", charset));
        String rest = query < 0 ? url.substring(path) : url.substring(path, query);
        encoded.append(encoded(LONE_PERCENT.matcher(rest).replaceAll("%25"), ENCODED + "[]", charset));
        return query < 0
                ? encoded.toString()
                : encoded.append(encoded(
                                LONE_PERCENT.matcher(url.substring(query)).replaceAll("%25"), ENCODED, charset))
                        .toString();
    }

    private static String encoded(String part, String besides, Charset charset) {
        StringBuilder encoded = new StringBuilder(part.length());
        part.codePoints().forEach(letter -> {
            if (letter < 0x80 && besides.indexOf(letter) < 0) {
                encoded.append((char) letter);
            } else {
                for (byte one : Character.toString(letter).getBytes(charset)) {
                    encoded.append("%%%02X".formatted(one & 0xFF));
                }
            }
        });
        return encoded.toString();
    }

    /**
     * Where a redirect leads (RFC 3986 5.2).
     *
     * @param from an absolute URL with a host
     * @param location a header's value, which is read as ISO 8859-1, so that each letter of it stands for a byte
     * @return an absolute URL, which is not checked yet; empty when it cannot be read
     */
    public static Optional<URI> redirect(URI from, String location) {
        boolean isBytes = location.chars().allMatch(letter -> letter <= 0xFF);
        try {
            URI to = new URI(encoded(location.strip(), isBytes ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
            return Optional.of(to.isAbsolute() ? to : URI.create(resolved(from, to)));
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String resolved(URI from, URI to) {
        if (to.getRawAuthority() != null) {
            return from.getScheme() + ":" + to;
        }
        String base = from.getRawPath();
        String path = to.getRawPath();
        String query = to.getRawQuery();
        if (path.isEmpty()) {
            query = query == null ? from.getRawQuery() : query;
            path = base;
        } else if (!path.startsWith("/")) {
            path = base.substring(0, base.lastIndexOf('/') + 1) + path;
        }
        return from.getScheme() + "://" + from.getRawAuthority() + withoutDots(path)
                + (query == null ? "" : "?" + query);
    }

    /** An absolute path without {@code .} and {@code ..}; above the root there is nothing. */
    private static String withoutDots(String path) {
        List<String> resolved = new ArrayList<>();
        String[] segments = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean isUp = TWO_DOTS.matcher(segments[i]).matches();
            if (isUp && !resolved.isEmpty()) {
                resolved.removeLast();
            }
            if (!isUp && !DOT.matcher(segments[i]).matches()) {
                resolved.add(segments[i]);
            } else if (i == segments.length - 1) {
                resolved.add("");
            }
        }
        return "/" + String.join("/", resolved);
    }
}
