package dev.waybill.platform.web;

import dev.waybill.platform.ids.IdGenerator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Assigns each request its id, and fills the logging context (MDC). */
final class RequestIdFilter extends OncePerRequestFilter {

    private static final Pattern UPLOAD = Pattern.compile("/uploads/(upl_[A-Za-z0-9_-]{1,64})");

    private final IdGenerator ids;

    RequestIdFilter(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String id = idOf(request);
        request.setAttribute(RequestId.ATTRIBUTE, id);
        response.setHeader(RequestId.HEADER, id);
        MDC.put(LogKeys.REQUEST_ID, id);
        putIfSane(LogKeys.NAMESPACE, request.getHeader("X-Namespace"));
        Matcher upload = UPLOAD.matcher(request.getRequestURI());
        if (upload.find()) {
            MDC.put(LogKeys.UPLOAD_ID, upload.group(1));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(LogKeys.REQUEST_ID);
            MDC.remove(LogKeys.NAMESPACE);
            MDC.remove(LogKeys.UPLOAD_ID);
        }
    }

    /** An asynchronous answer is finished on another thread, which needs the logging context too. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private String idOf(HttpServletRequest request) {
        if (request.getAttribute(RequestId.ATTRIBUTE) instanceof String known) {
            return known;
        }
        String sent = request.getHeader(RequestId.HEADER);
        return sent != null && RequestId.isSane(sent) ? sent : ids.next("req_");
    }

    private static void putIfSane(String key, @Nullable String value) {
        if (value != null && RequestId.isSane(value)) {
            MDC.put(key, value);
        }
    }
}
