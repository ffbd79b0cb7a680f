package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The caller of a request, from the filter to the handler. */
final class CurrentCaller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private CurrentCaller() {}

    static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    static Optional<Caller> find(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    static Caller of(HttpServletRequest request) {
        return find(request).orElseThrow(CurrentCaller::unauthorized);
    }

    /** The one answer to everything that is not a valid key: it does not tell what was wrong with it. */
    static WaybillException unauthorized() {
        return new WaybillException(
                ErrorCode.UNAUTHORIZED, "A valid API key is needed. Send it as 'Authorization: Bearer sk_...'.");
    }
}
