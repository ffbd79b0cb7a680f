package dev.waybill.auth;

import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a failure of the filter, which no controller advice reaches. */
@FunctionalInterface
interface FailureWriter {

    void write(HttpServletRequest request, HttpServletResponse response, WaybillException failure) throws IOException;
}
