package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The web package alone, with a controller that fails in every way. It carries no stereotype, and its controllers a
 * profile, so that the real application never finds them.
 */
@EnableAutoConfiguration
@ConfigurationPropertiesScan("dev.waybill.platform.web")
@ComponentScan({
    "dev.waybill.platform.web",
    "dev.waybill.platform.json",
    "dev.waybill.platform.lists",
    "dev.waybill.platform.ids"
})
class ProbeApplication {

    /** What a driver throws when its server is away. */
    static final class StoreAway extends RuntimeException {
        StoreAway() {
            super("connection refused to 10.0.0.1:27017");
        }
    }

    @Bean
    FailureTranslator storeAway() {
        return failure -> failure instanceof StoreAway
                ? Optional.of(
                        new WaybillException(ErrorCode.SERVICE_UNAVAILABLE, "The database does not answer; try again."))
                : Optional.empty();
    }

    /** Stands where authentication stands. */
    @Bean
    FilterRegistrationBean<Filter> failingFilter() {
        Filter filter = (request, response, chain) -> {
            switch (((HttpServletRequest) request).getRequestURI()) {
                case "/v1/probe/filter/throws" -> throw new IllegalStateException("secret of the filter");
                case "/v1/probe/filter/refuses" ->
                    throw new WaybillException(ErrorCode.UNAUTHORIZED, "A valid API key is needed.");
                case "/v1/probe/filter/sends-error" -> ((HttpServletResponse) response).sendError(403, "secret");
                default -> chain.doFilter(request, response);
            }
        };
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(FilterOrder.AUTHENTICATION);
        return registration;
    }

    /** An API with an envelope of its own. */
    @Bean
    ErrorRenderer otherApi() {
        return new ErrorRenderer() {
            @Override
            public boolean supports(HttpServletRequest request) {
                return request.getRequestURI().startsWith("/api/");
            }

            @Override
            public void render(HttpServletRequest request, HttpServletResponse response, WaybillException failure)
                    throws IOException {
                response.setStatus(ErrorStatus.of(failure.code().category()).status());
                response.setContentType("application/json");
                response.getOutputStream().write("{\"other\": true}".getBytes());
            }
        };
    }
}
