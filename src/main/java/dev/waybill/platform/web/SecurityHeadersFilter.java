package dev.waybill.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the security headers: browsers take an answer for what it says it is, show it in no frame, and run and load
 * nothing but what this server serves. One policy for all: answers are JSON, which needs none, and the page with the
 * documentation.
 */
final class SecurityHeadersFilter extends OncePerRequestFilter {

    /** The one inline style of Swagger UI, the colours of its logo; everything else is in files of its own. */
    private static final String LOGO = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

    /** Swagger UI's icons are data: URLs in its style sheet. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' " + LOGO
            + "; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> HEADERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", POLICY);

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        setOn(response);
        chain.doFilter(request, response);
    }

    static void setOn(HttpServletResponse response) {
        HEADERS.forEach(response::setHeader);
    }
}
