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

    private final RepeatedRequests requests;

    IdempotencyFilter(RepeatedRequests requests) {
        this.requests = requests;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod()) || request.getHeader(IdempotencyKey.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        CurrentRun run = CurrentRun.begin(request);
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            chain.doFilter(new KeptBodyRequest(request), answer);
            answered = true;
        } finally {
            run.closeIds();
            ReservationDocument reservation = run.reservation();
            if (!answered && reservation != null) {
                requests.fail(reservation);
            }
        }
        end(run, answer);
        answer.copyBodyToResponse();
    }

    private void end(CurrentRun run, ContentCachingResponseWrapper answer) throws IOException {
        ReservationDocument reservation = run.reservation();
        Seal seal = run.seal();
        if (reservation == null || seal == null) {
            return;
        }
        KeptAnswer made = new KeptAnswer(answer.getStatus(), answer.getContentType(), answer.getContentAsByteArray());
        KeptAnswer given = requests.end(reservation, seal, made);
        if (given != made) {
            write(given, answer);
        }
    }

    /** Gives an answer that was given before. */
    static void write(KeptAnswer kept, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setHeader(IdempotencyInterceptor.REPLAYED, "true");
        response.setStatus(kept.status());
        if (kept.contentType() != null) {
            response.setContentType(kept.contentType());
        }
        response.getOutputStream().write(kept.body());
    }
}
