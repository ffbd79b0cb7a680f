package dev.waybill.submissions;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.web.ErrorRenderer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Renders every error below /api/agents in that API's own envelope. */
@Component
class AgentErrorRenderer implements ErrorRenderer {

    private static final String ROOT = "/api/agents";

    private final JsonMapper json;

    AgentErrorRenderer(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(HttpServletRequest request) {
        // As it was sent, for what the container refuses; decoded and without parameters, for what it maps.
        return isBelow(request.getRequestURI()) || isBelow(request.getServletPath());
    }

    private static boolean isBelow(@Nullable String path) {
        return path != null && (path.equals(ROOT) || path.startsWith(ROOT + "/"));
    }

    @Override
    public void render(HttpServletRequest request, HttpServletResponse response, WaybillException failure)
            throws IOException {
        AgentError error = AgentError.of(failure);
        // Only what was buffered is discarded: the headers that filters have set (request id, rate limit, CORS) stay.
        response.resetBuffer();
        response.setStatus(error.status());
        if (error.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (error.retryAfterSeconds() != null) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, error.retryAfterSeconds().toString());
        }
        byte[] body = json.writeValueAsBytes(SubmissionErrorBody.of(error));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
