package dev.waybill.connectors;

import dev.waybill.platform.fetch.GuardedEndpoints;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Validates and normalizes custom endpoints ({@code endpoint_url}) in settings. */
public final class Endpoints {

    private Endpoints() {}

    /**
     * Reads {@code endpoint_url}, {@code use_ssl} and {@code verify_ssl} into the settings.
     *
     * @param mayHavePath whether the store's own endpoints have a path; elsewhere it is a bucket that was pasted along
     * @return null when none is set
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
        String problem = guard.problem(url).orElseGet(() -> problem(url, mayHavePath));
        if (!problem.isEmpty()) {
            settings.wrong("endpoint_url", "The URL " + problem);
            return null;
        }
        URI endpoint = URI.create(url);
        settings.keep("endpoint_url", url);
        settings.keep("use_ssl", "https".equalsIgnoreCase(endpoint.getScheme()));
        return endpoint;
    }

    /** Whether one is set, valid or not. */
    public static boolean isNamed(Settings settings) {
        return settings.has("endpoint_url") || settings.has("endpoint");
    }

    /** Whether its host is in a domain, such as {@code amazonaws.com}. */
    public static boolean isIn(URI endpoint, String domain) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return host.equals(domain) || host.endsWith("." + domain);
    }

    /**
     * The identity of the storage at an endpoint: its host, and its port and path where it has any, regardless of TLS.
     */
    public static String location(URI endpoint) {
        int defaultPort = "http".equalsIgnoreCase(endpoint.getScheme()) ? 80 : 443;
        boolean isDefaultPort = endpoint.getPort() < 0 || endpoint.getPort() == defaultPort;
        String path = endpoint.getRawPath() == null ? "" : withoutSlash(endpoint.getRawPath());
        return endpoint.getHost().toLowerCase(Locale.ROOT) + (isDefaultPort ? "" : ":" + endpoint.getPort()) + path;
    }

    private static String problem(String url, boolean mayHavePath) {
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
