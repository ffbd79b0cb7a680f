package dev.waybill.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Holds an answer back until it is kept. Whether it is one of those that are, the {@link IdempotencyInterceptor} says. */
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
        CurrentExecution run = CurrentExecution.begin(request);
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            chain.doFilter(new CachedBodyRequest(request), answer);
            answered = true;
        } finally {
            run.closeIds();
            IdempotencyEntity reservation = run.reservation();
            if (!answered && reservation != null) {
                requests.fail(reservation);
            }
        }
        end(run, answer);
        answer.copyBodyToResponse();
    }

    private void end(CurrentExecution run, ContentCachingResponseWrapper answer) throws IOException {
        IdempotencyEntity reservation = run.reservation();
        ResponseCipher responseCipher = run.seal();
        if (reservation == null || responseCipher == null) {
            return;
        }
        StoredResponse made =
                new StoredResponse(answer.getStatus(), answer.getContentType(), answer.getContentAsByteArray());
        StoredResponse given = requests.end(reservation, responseCipher, made);
        if (given != made) {
            write(given, answer);
        }
    }

    /** Gives an answer that was given before. */
    static void write(StoredResponse kept, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setHeader(IdempotencyInterceptor.REPLAYED, "true");
        response.setStatus(kept.status());
        if (kept.contentType() != null) {
            response.setContentType(kept.contentType());
        }
        response.getOutputStream().write(kept.body());
    }
}
