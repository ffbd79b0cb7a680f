package dev.waybill.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves clients whose base URL ends in a slash: {@code //v1/buckets} and {@code /v1//buckets} are {@code /v1/buckets}.
 * Further in, a slash too many stands for a name that is missing: without it the path would mean another resource. Which
 * filters a request passes, the container decides by the same path, as it joins all slashes.
 */
final class LeadingSlashesFilter extends OncePerRequestFilter {

    private static final Pattern DOUBLED = Pattern.compile("(?://+(v1|api)/+|/(v1|api)//+)");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher doubled = DOUBLED.matcher(request.getRequestURI());
        chain.doFilter(doubled.lookingAt() ? new PlainRequest(request, doubled) : request, response);
    }

    private static final class PlainRequest extends HttpServletRequestWrapper {

        private final String uri;

        PlainRequest(HttpServletRequest request, Matcher doubled) {
            super(request);
            String root = doubled.group(1) == null ? doubled.group(2) : doubled.group(1);
            uri = "/" + root + "/" + request.getRequestURI().substring(doubled.end());
        }

        @Override
        public String getRequestURI() {
            return uri;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            url.setLength(url.length() - super.getRequestURI().length());
            return url.append(uri);
        }
    }
}
