package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the size of bodies by counting their bytes as they are read: a body without Content-Length has no size that
 * could be checked. A slow client does not use up its request's time by it.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {

    private final DataSize limit;

    public BodyLimitFilter(DataSize limit) {
        this.limit = limit;
    }

    /** What is thrown for a body over the limit. */
    static WaybillException tooLarge(DataSize limit) {
        return new WaybillException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                "The body of the request is larger than %d bytes. Files go to the presigned URL, not here."
                        .formatted(limit.toBytes()),
                Map.of("limit", limit.toBytes()));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new LimitedRequest(request, limit), response);
    }
}
