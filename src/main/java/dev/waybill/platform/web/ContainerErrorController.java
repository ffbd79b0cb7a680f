package dev.waybill.platform.web;

import dev.waybill.platform.errors.WaybillException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Renders what the container reports: statuses that were sent without a body, and exceptions from outside the filters.
 */
@Hidden
@Controller
class ContainerErrorController implements ErrorController {

    private final FailureMapping failureMapping;
    private final ErrorRenderers renderers;

    ContainerErrorController(FailureMapping failureMapping, ErrorRenderers renderers) {
        this.failureMapping = failureMapping;
        this.renderers = renderers;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void render(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object exception = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        WaybillException failure = exception instanceof Throwable thrown
                ? failureMapping.translate(thrown)
                : FailureMapping.byStatus(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
        renderers.render(new OriginalRequest(request), response, failure);
    }

    /** The request as it came in: renderers choose by its path. */
    private static final class OriginalRequest extends HttpServletRequestWrapper {

        OriginalRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            Object original = getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
            return original == null ? super.getRequestURI() : original.toString();
        }

        @Override
        public String getServletPath() {
            return getRequestURI();
        }
    }
}
