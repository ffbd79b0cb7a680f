package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/** The caller of a request, from the filter to the handler. */
public final class CurrentCaller {

    /** Those under /v1 that need no key, as they are sent: any other spelling of them needs one. */
    public static final Set<String> OPEN_PATHS = Set.of("/v1/health", "/v1/health/liveness", "/v1/health/beat");

    private static final String ATTRIBUTE = Caller.class.getName();

    private CurrentCaller() {}

    static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }

    /** The caller of a request that was let in. */
    public static Caller of(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE)).orElseThrow(CurrentCaller::unauthorized);
    }

    /**
     * Bytes that only a request with the same key's secret brings about, for sealing what nobody else may read. The
     * service itself keeps nothing that they could be made from.
     *
     * @param purpose different ones give bytes that tell nothing of each other
     */
    public static byte[] derive(HttpServletRequest request, String purpose) {
        return BearerToken.of(request)
                .map(secret -> KeySecrets.derive(secret, purpose))
                .orElseThrow(CurrentCaller::unauthorized);
    }

    /** The one answer to everything that is not a valid key: it does not tell what was wrong with it. */
    static WaybillException unauthorized() {
        return new WaybillException(
                ErrorCode.UNAUTHORIZED, "A valid API key is needed. Send it as 'Authorization: Bearer sk_...'.");
    }
}
