package dev.waybill.platform.web;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits and options for incoming requests.
 *
 * @param requestDeadline how long a request may wait for MongoDB and for other requests; what it waits for storage, for
 *     foreign URLs and for its own body does not count. Between 100 ms and an hour
 * @param bodyTimeout how long a request's body may stand still; then the answer is 408. Between 100 ms and an hour
 * @param maxBodySize the largest body of a request, packed or not; a larger one is answered with 413
 * @param accessLog whether one line is logged for each request
 * @param allowedOrigins the origins whose pages may call the API from a browser; {@code *} for all. Cookies are never
 *     used, so credentials are never allowed.
 */
@ConfigurationProperties("waybill.web")
record WebProperties(
        @DefaultValue("10s") Duration requestDeadline,
        @DefaultValue("60s") Duration bodyTimeout,
        @DefaultValue("5MB") DataSize maxBodySize,
        @DefaultValue("false") boolean accessLog,
        @DefaultValue("*") List<String> allowedOrigins) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    WebProperties {
        check("waybill.web.request-deadline", requestDeadline);
        check("waybill.web.body-timeout", bodyTimeout);
        if (maxBodySize.toBytes() < 1) {
            throw new IllegalArgumentException("waybill.web.max-body-size must be at least 1 byte");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " must be between 100ms and 1h, such as 10s");
        }
    }
}
