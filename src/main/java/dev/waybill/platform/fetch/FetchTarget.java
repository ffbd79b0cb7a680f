package dev.waybill.platform.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A URL that may be fetched: its spelling is checked here, its address when it is connected to. */
record FetchTarget(URI uri) {

    private static final int MAX_LENGTH = 2083;
    private static final Pattern NUMBERS = Pattern.compile("(?i)(0x[0-9a-f]*|[0-9]+)(\\.(0x[0-9a-f]*|[0-9]+))*\\.?");

    /** @return what is wrong with it, as the end of a sentence that starts with "The URL"; empty when nothing is */
    static Optional<String> problem(String url) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("has more than %d characters".formatted(MAX_LENGTH));
        }
        try {
            return Optional.ofNullable(problem(new URI(WebUrl.encoded(url))));
        } catch (URISyntaxException malformed) {
            return Optional.of("is malformed; percent-encode what is no letter or digit");
        }
    }

    static FetchTarget of(String url) {
        return new FetchTarget(URI.create(WebUrl.encoded(url)));
    }

    String host() {
        return uri.getHost();
    }

    /** Where a redirect leads, as an absolute URL; empty when that cannot be read. */
    Optional<String> redirect(String location) {
        return WebUrl.redirect(uri, location).map(URI::toString);
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
