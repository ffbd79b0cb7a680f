package dev.waybill.platform.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A URL that may be tried: what its spelling alone can tell is checked here, its address when it is connected to. */
record FetchTarget(URI uri) {

    private static final int MAX_LENGTH = 2083;
    private static final Pattern NUMBERS = Pattern.compile("(?i)(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*\\.?");

    /** @return what is wrong with it, as the end of a sentence that starts with "The URL"; empty when nothing is */
    static Optional<String> problem(String url) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("has more than %d characters".formatted(MAX_LENGTH));
        }
        try {
            return Optional.ofNullable(problem(new URI(encoded(url))));
        } catch (URISyntaxException malformed) {
            return Optional.of("is malformed; percent-encode spaces and other special characters");
        }
    }

    static FetchTarget of(String url) {
        return new FetchTarget(URI.create(encoded(url)));
    }

    /** The URL as it goes over the line: people write letters, such as {@code /写真.png}, for which UTF-8 stands. */
    static String encoded(String url) {
        StringBuilder encoded = new StringBuilder(url.length());
        url.codePoints().forEach(letter -> {
            if (letter < 0x80) {
                encoded.append((char) letter);
            } else {
                for (byte one : Character.toString(letter).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(one & 0xFF));
                }
            }
        });
        return encoded.toString();
    }

    /** A header's value is read as ISO 8859-1, so each letter stands for a byte. */
    private static String bytesEncoded(String location) {
        boolean isBytes = location.chars().allMatch(letter -> letter <= 0xFF);
        if (!isBytes) {
            return encoded(location);
        }
        StringBuilder encoded = new StringBuilder(location.length());
        location.chars()
                .forEach(one -> encoded.append(one < 0x80 ? String.valueOf((char) one) : "%%%02X".formatted(one)));
        return encoded.toString();
    }

    String host() {
        return uri.getHost();
    }

    /** Where a redirect leads, as an absolute URL; empty when that cannot be read. */
    Optional<String> redirect(String location) {
        try {
            return Optional.of(uri.resolve(new URI(bytesEncoded(location))).toString());
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** The last segment of the path; {@code file} when there is none. */
    String filename() {
        String path = uri.getPath();
        String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
        return name.isBlank() ? "file" : name;
    }

    private static @Nullable String problem(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return "must start with http:// or https://";
        }
        String authority = uri.getRawAuthority();
        if (authority != null && authority.contains("@")) {
            return "must not hold a user name or password";
        }
        String host = uri.getHost();
        if (host == null || host.isBlank()) {
            return "has no host; write internationalized names in their xn-- form and addresses as four numbers";
        }
        if (host.contains("%")) {
            return "names a network interface";
        }
        if (NUMBERS.matcher(host).matches() && Cidr.literal(host).isEmpty()) {
            return "has an address in a form that is not taken; write it as four decimal numbers";
        }
        return uri.getPort() == 0 || uri.getPort() > 65_535 ? "has an impossible port" : null;
    }
}
