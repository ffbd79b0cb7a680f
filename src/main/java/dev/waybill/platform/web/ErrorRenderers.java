package dev.waybill.platform.web;

import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Finds the renderer that speaks for a request; the first API's speaks for everything that no other claims. */
public class ErrorRenderers {

    /** Writes the failure in the envelope of the API that was called. */
    public void render(HttpServletRequest request, HttpServletResponse response, WaybillException failure)
            throws IOException {
        throw new IllegalStateException();
    }
}
