package dev.waybill.connectors;

import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The endpoints that users name. */
public final class Endpoints {

    private Endpoints() {}

    /**
     * Reads {@code endpoint_url}, {@code use_ssl} and {@code verify_ssl}, and keeps them.
     *
     * @param mayHavePath whether the store's own endpoints have one; elsewhere it is a bucket that was pasted along
     * @return null when none is named
     */
    public static @Nullable URI read(Settings settings, GuardedEndpoints guard, boolean mayHavePath) {
        String text = settings.text("endpoint_url", "endpoint");
        boolean usesTls = settings.flag("use_ssl", true);
        boolean verifies = settings.flag("verify_ssl", true);
        if (text == null) {
            if (!usesTls || !verifies) {
                settings.wrong(
                        usesTls ? "verify_ssl" : "use_ssl",
                        "It can only be false with an endpoint_url; the store's own endpoints are read over TLS");
            }
            return null;
        }
        String url = withoutSlash(text.contains("://") ? text : (usesTls ? "https://" : "http://") + text);
        String problem = guard.problem(url).orElseGet(() -> looks(url, mayHavePath));
        if (!problem.isEmpty()) {
            settings.wrong("endpoint_url", "The URL " + problem);
            return null;
        }
        URI endpoint = URI.create(url);
        settings.keep("endpoint_url", url);
        settings.keep("use_ssl", "https".equalsIgnoreCase(endpoint.getScheme()));
        return endpoint;
    }

    /** Whether one is named at all, good or not. */
    public static boolean isNamed(Settings settings) {
        return settings.has("endpoint_url") || settings.has("endpoint");
    }

    /** Whether it lies in a domain, such as {@code amazonaws.com}. */
    public static boolean isIn(URI endpoint, String domain) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /** Its host, and its port and path where it has any: whether TLS is used makes no other place of it. */
    public static String place(URI endpoint) {
        int usual = "http".equalsIgnoreCase(endpoint.getScheme()) ? 80 : 443;
        boolean isUsual = endpoint.getPort() < 0 || endpoint.getPort() == usual;
        String path = endpoint.getRawPath() == null ? "" : withoutSlash(endpoint.getRawPath());
        return endpoint.getHost().toLowerCase(Locale.ROOT) + (isUsual ? "" : ":" + endpoint.getPort()) + path;
    }

    private static String looks(String url, boolean mayHavePath) {
        URI uri = URI.create(url);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "must hold no query or fragment";
        }
        boolean hasPath = uri.getRawPath() != null && !uri.getRawPath().isEmpty();
        return hasPath && !mayHavePath ? "must hold no path; give the bucket as bucket_name" : "";
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
