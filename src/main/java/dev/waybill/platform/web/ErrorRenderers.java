package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Finds the renderer of the API that a request was meant for; the first API's renders everything that no other claims.
 */
@Component
public class ErrorRenderers {

    private static final Logger log = LoggerFactory.getLogger(ErrorRenderers.class);

    private final List<ErrorRenderer> renderers;
    private final ErrorRenderer otherwise;

    ErrorRenderers(List<ErrorRenderer> renderers, EnvelopeRenderer otherwise) {
        this.renderers = renderers.stream()
                .filter(renderer -> !renderer.equals(otherwise))
                .toList();
        this.otherwise = otherwise;
    }

    /**
     * Writes the failure in the envelope of the API that was called, and logs it when it is ours. Does nothing more
     * when the answer is already on its way.
     */
    public void render(HttpServletRequest request, HttpServletResponse response, WaybillException failure)
            throws IOException {
        log(failure, request);
        if (response.isCommitted()) {
            return;
        }
        another(request).orElse(otherwise).render(request, response, failure);
    }

    /** Writes the failure if the request was meant for another API than the first. @return whether it was */
    boolean renderByAnother(HttpServletRequest request, HttpServletResponse response, WaybillException failure)
            throws IOException {
        Optional<ErrorRenderer> another = another(request);
        if (another.isPresent()) {
            another.get().render(request, response, failure);
        }
        return another.isPresent();
    }

    private Optional<ErrorRenderer> another(HttpServletRequest request) {
        return renderers.stream().filter(renderer -> renderer.supports(request)).findFirst();
    }

    /** The path's template: the path itself may hold names of customers. */
    private static Object template(HttpServletRequest request) {
        Object template = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return template == null ? "(no template)" : template;
    }

    private static void log(WaybillException failure, HttpServletRequest request) {
        ErrorCategory category = failure.code().category();
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (category == ErrorCategory.INTERNAL) {
            log.error("Request {} failed: {} {}", RequestId.of(request), request.getMethod(), template(request), cause);
        } else if (category == ErrorCategory.STORAGE || category == ErrorCategory.UNAVAILABLE) {
            log.warn("Request {} was answered with {}", RequestId.of(request), failure.code(), cause);
        }
    }
}
