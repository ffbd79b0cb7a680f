package dev.waybill.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Renders what filters throw: no advice reaches them. */
final class FailureFilter extends OncePerRequestFilter {

    private final FailureMapping failureMapping;
    private final ErrorRenderers renderers;

    FailureFilter(FailureMapping failureMapping, ErrorRenderers renderers) {
        this.failureMapping = failureMapping;
        this.renderers = renderers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException failure) {
            if (!failureMapping.isOfAGoneClient(failure)) {
                renderers.render(request, response, failureMapping.translate(failure));
            }
        }
    }
}
