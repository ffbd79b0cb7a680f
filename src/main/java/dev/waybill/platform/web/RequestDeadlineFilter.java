package dev.waybill.platform.web;

import dev.waybill.platform.deadline.RequestDeadline;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sets each request's {@link RequestDeadline}: after it the database is not called any more, and the answer is 503. */
final class RequestDeadlineFilter extends OncePerRequestFilter {

    private final Duration deadline;

    RequestDeadlineFilter(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (RequestDeadline.Section ignored = RequestDeadline.open(deadline)) {
            chain.doFilter(request, response);
        }
    }
}
