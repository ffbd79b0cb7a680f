package dev.waybill.platform.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How requests are taken in.
 *
 * @param maxBodySize the largest body of a request; a larger one is answered with 413
 * @param accessLog whether one line is logged for each request
 * @param allowedOrigins the origins whose pages may call the API from a browser; {@code *} for all. Cookies are never
 *     used, so credentials are never allowed.
 */
@ConfigurationProperties("waybill.web")
record WebProperties(
        @DefaultValue("5MB") DataSize maxBodySize,
        @DefaultValue("false") boolean accessLog,
        @DefaultValue("*") List<String> allowedOrigins) {

    WebProperties {
        if (maxBodySize.toBytes() < 1) {
            throw new IllegalArgumentException("waybill.web.max-body-size must be at least 1 byte");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
