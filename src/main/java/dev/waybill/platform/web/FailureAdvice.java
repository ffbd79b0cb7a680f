package dev.waybill.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Renders whatever a controller, or Spring MVC on the way to it, throws. It writes the answer itself, so that an error
 * is JSON whatever the client accepts, and in the envelope of the API that was called.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class FailureAdvice {

    private final FailureMapping failureMapping;
    private final ErrorRenderers renderers;

    FailureAdvice(FailureMapping failureMapping, ErrorRenderers renderers) {
        this.failureMapping = failureMapping;
        this.renderers = renderers;
    }

    @ExceptionHandler(Throwable.class)
    void render(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (failureMapping.isOfAGoneClient(failure)) {
            return; // nobody is there to read an answer
        }
        if (failure instanceof ErrorResponse known) {
            // Allow of a 405, Accept of a 415
            known.getHeaders().forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        }
        renderers.render(request, response, failureMapping.translate(failure));
    }
}
