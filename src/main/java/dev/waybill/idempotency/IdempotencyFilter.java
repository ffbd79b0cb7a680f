package dev.waybill.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Servlet filter that buffers the response of a POST with an idempotency key until it is stored. Whether it is to be
 * stored is decided by the {@link IdempotencyInterceptor}.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

    private final IdempotentRequests requests;

    IdempotencyFilter(IdempotentRequests requests) {
        this.requests = requests;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod()) || request.getHeader(IdempotencyKey.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CurrentExecution execution = CurrentExecution.begin(request);
        ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
        boolean completed = false;
        try {
            chain.doFilter(new CachedBodyRequest(request), buffered);
            completed = true;
        } finally {
            execution.closeIds();
            IdempotencyEntity reservation = execution.reservation();
            if (!completed && reservation != null) {
                requests.fail(reservation);
            }
        }
        end(execution, buffered);
        buffered.copyBodyToResponse();
    }

    private void end(CurrentExecution execution, ContentCachingResponseWrapper buffered) throws IOException {
        IdempotencyEntity reservation = execution.reservation();
        ResponseCipher responseCipher = execution.responseCipher();
        if (reservation == null || responseCipher == null) {
            return;
        }
        StoredResponse own =
                new StoredResponse(buffered.getStatus(), buffered.getContentType(), buffered.getContentAsByteArray());
        StoredResponse effective = requests.end(reservation, responseCipher, own);
        if (effective != own) {
            write(effective, buffered);
        }
    }

    /** Writes a replayed response. */
    static void write(StoredResponse stored, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setHeader(IdempotencyInterceptor.REPLAYED, "true");
        response.setStatus(stored.status());
        if (stored.contentType() != null) {
            response.setContentType(stored.contentType());
        }
        response.getOutputStream().write(stored.body());
    }
}
