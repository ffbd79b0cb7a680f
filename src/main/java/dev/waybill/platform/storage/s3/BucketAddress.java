package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.ObjectKey;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a bucket, path-style or virtual-hosted.
 *
 * @param origin scheme, host and port, such as {@code http://127.0.0.1:9000}
 * @param host as it stands in the Host header: the port only where it is not the scheme's own
 * @param root the encoded path that keys are appended to; ends in a slash
 */
record BucketAddress(String origin, String host, String root) {

    /** Names that may stand before a host: anything else goes into the path, as the AWS SDK does it. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    /** Dots in a bucket's name break the certificate's wildcard, so they are for plain HTTP only. */
    private static final Pattern LABELS =
            Pattern.compile("(?=.{3,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private static final Pattern IP = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[.*]");

    /**
     * The bucket's address.
     *
     * @param endpoint null for AWS in the region
     */
    static BucketAddress of(@Nullable String endpoint, String region, String bucket, boolean pathStyle) {
        URI uri = URI.create(endpoint == null ? aws(region) : endpoint);
        String scheme = uri.getScheme();
        String name = uri.getHost();
        if (name == null) {
            throw new IllegalArgumentException("not a host name: " + uri.getRawAuthority());
        }
        boolean inHost = !pathStyle
                && mayStandInHost(bucket, scheme)
                && !IP.matcher(name).matches();
        int own = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == own ? "" : ":" + uri.getPort();
        String host = (inHost ? bucket + "." + name : name) + port;
        String base = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String root = inHost ? base + "/" : base + "/" + UriEncoding.encode(bucket) + "/";
        return new BucketAddress(scheme + "://" + host, host, root);
    }

    String path(ObjectKey key) {
        return root.concat(UriEncoding.encodePath(key.value()));
    }

    private static boolean mayStandInHost(String bucket, String scheme) {
        return LABEL.matcher(bucket).matches()
                || (scheme.equals("http") && LABELS.matcher(bucket).matches());
    }

    private static String aws(String region) {
        if (region.equals("us-east-1")) {
            return "https://s3.amazonaws.com"; // the one region whose own name the AWS SDK leaves out
        }
        return "https://s3." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }
}
