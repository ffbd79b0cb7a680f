package dev.waybill.platform.web;

import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Renders the first API's errors, and those of every path that no other renderer claims. */
@Component
class EnvelopeRenderer implements ErrorRenderer {

    private final JsonMapper json;

    EnvelopeRenderer(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supports(HttpServletRequest request) {
        return true;
    }

    @Override
    public void render(HttpServletRequest request, HttpServletResponse response, WaybillException failure)
            throws IOException {
        ErrorAnswer answer = ErrorAnswer.of(failure, RequestId.of(request));
        // Only what was buffered goes: the headers that filters have set (request id, rate limit, CORS) stay.
        response.resetBuffer();
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> {
            if (!response.containsHeader(name)) {
                response.setHeader(name, value);
            }
        });
        byte[] body = json.writeValueAsBytes(answer.body());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
