package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Servlet filter that authenticates requests under /v1 by API key and applies the rate limit. It runs before the
 * dispatcher, so a missing key is reported before an unknown path, a wrong method or an invalid body.
 */
final class AuthFilter extends OncePerRequestFilter {

    private final KeyCache keys;
    private final RequestLimits limits;
    private final LastUsedTracker lastUsedTracker;
    private final InstantSource clock;

    AuthFilter(KeyCache keys, RequestLimits limits, LastUsedTracker lastUsedTracker, InstantSource clock) {
        this.keys = keys;
        this.limits = limits;
        this.lastUsedTracker = lastUsedTracker;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return CurrentCaller.OPEN_PATHS.contains(path) || CorsUtils.isPreFlightRequest(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller;
        try {
            caller = admit(request, response);
        } catch (WaybillException failure) {
            if (failure.code() == ErrorCode.UNAUTHORIZED) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            throw failure;
        }
        CurrentCaller.set(request, caller);
        MDC.put("organization", caller.organization().value());
        MDC.put("key_id", caller.keyId());
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove("organization");
            MDC.remove("key_id");
            // The namespace stays until the filter that began the log context clears it: its last line logs it.
        }
    }

    private Caller admit(HttpServletRequest request, HttpServletResponse response) {
        AuthenticatedKey key = BearerToken.of(request)
                .map(KeySecrets::hash)
                .flatMap(keys::find)
                .filter(found -> !found.hasExpired(clock.instant()))
                .orElseThrow(CurrentCaller::unauthorized);
        limits.apply(key, response);
        lastUsedTracker.record(key.caller().keyId());
        return key.caller();
    }
}
