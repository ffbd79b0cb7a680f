package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.web.bodies.BodyLimitFilter;
import dev.waybill.platform.web.bodies.ContentEncodingFilter;
import dev.waybill.platform.web.bodies.FormUploadFilter;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.UrlHandlerFilter;

/** The filters that every request passes, in the order of {@link FilterOrder}. */
@Configuration(proxyBeanMethods = false)
class FilterConfiguration {

    private static final List<String> EXPOSED_HEADERS = List.of(
            RequestId.HEADER,
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset",
            "X-RateLimit-Window",
            HttpHeaders.RETRY_AFTER,
            "Idempotency-Replayed");

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter(IdGenerator ids) {
        return registration(new RequestIdFilter(ids), FilterOrder.REQUEST_ID);
    }

    @Bean
    FilterRegistrationBean<SecurityHeadersFilter> securityHeadersFilter() {
        return registration(new SecurityHeadersFilter(), FilterOrder.SECURITY_HEADERS);
    }

    @Bean
    @ConditionalOnProperty("waybill.web.access-log")
    FilterRegistrationBean<AccessLogFilter> accessLogFilter() {
        return registration(new AccessLogFilter(), FilterOrder.ACCESS_LOG);
    }

    @Bean
    FilterRegistrationBean<RequestDeadlineFilter> requestDeadlineFilter(WebProperties properties) {
        return registration(new RequestDeadlineFilter(properties.requestDeadline()), FilterOrder.DEADLINE);
    }

    @Bean
    FilterRegistrationBean<FailureFilter> failureFilter(FailureMapping failureMapping, ErrorRenderers renderers) {
        return registration(new FailureFilter(failureMapping, renderers), FilterOrder.FAILURES);
    }

    @Bean
    FilterRegistrationBean<UrlHandlerFilter> trailingSlashFilter() {
        UrlHandlerFilter filter = UrlHandlerFilter.trailingSlashHandler(
                        "/v1/**", "/api/**", "/openapi.json/", "/openapi/**")
                .wrapRequest()
                .build();
        return registration(filter, FilterOrder.TRAILING_SLASH);
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(WebProperties properties) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(properties.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        cors.setExposedHeaders(EXPOSED_HEADERS);
        cors.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", cors);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new ThrowingCorsProcessor());
        return registration(filter, FilterOrder.CORS);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(WebProperties properties) {
        return registration(new BodyLimitFilter(properties.maxBodySize()), FilterOrder.BODY_LIMIT);
    }

    @Bean
    FilterRegistrationBean<FormUploadFilter> formUploadFilter() {
        return registration(new FormUploadFilter(), FilterOrder.BODY_FORM);
    }

    @Bean
    FilterRegistrationBean<ContentEncodingFilter> contentEncodingFilter(WebProperties properties) {
        return registration(new ContentEncodingFilter(properties.maxBodySize()), FilterOrder.BODY_FORM + 1);
    }

    @Bean
    FilterRegistrationBean<PlainPathFilter> plainPathFilter() {
        return registration(new PlainPathFilter(), FilterOrder.PLAIN_PATH);
    }

    private static <F extends Filter> FilterRegistrationBean<F> registration(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    /** A refused origin is answered in the envelope, like every other refusal. */
    private static final class ThrowingCorsProcessor extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN,
                    "Pages of this origin may not call the API; waybill.web.allowed-origins lists those that may.");
        }
    }
}
