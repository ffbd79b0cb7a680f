package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** The request attribute that carries the {@link Caller} from the filter to the handler. */
public final class CurrentCaller {

    /** Paths under /v1 that need no key, compared as they are sent: any other spelling of them needs one. */
    public static final Set<String> OPEN_PATHS = Set.of("/v1/health", "/v1/health/liveness", "/v1/health/beat");

    private static final String ATTRIBUTE = Caller.class.getName();

    private CurrentCaller() {}

    static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** The caller of an authenticated request. */
    public static Caller of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE)).orElseThrow(CurrentCaller::unauthorized);
    }

    /**
     * Key material derived from the secret of the request's API key, to encrypt what nobody else may read. The service
     * itself stores nothing that it could be derived from.
     *
     * @param purpose different ones give independent bytes
     */
    public static byte[] derive(HttpServletRequest request, String purpose) {
        return BearerToken.of(request)
                .map(secret -> KeySecrets.derive(secret, purpose))
                .orElseThrow(CurrentCaller::unauthorized);
    }

    /** The one response to everything that is not a valid key: it does not reveal what was wrong with it. */
    static WaybillException unauthorized() {
        return new WaybillException(
                ErrorCode.UNAUTHORIZED, "A valid API key is needed. Send it as 'Authorization: Bearer sk_...'.");
    }
}
