package dev.waybill.platform.web;

import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Renders a failure as an error response, in the envelope of the API that was called; for filters, which no advice
 * reaches.
 */
public interface ErrorRenderer {

    /** Whether this renderer is that of the API that the request was meant for. */
    boolean supports(HttpServletRequest request);

    /** Writes status, headers and body. */
    void render(HttpServletRequest request, HttpServletResponse response, WaybillException failure) throws IOException;
}
