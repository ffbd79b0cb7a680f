package dev.waybill.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** The id of one request: in the answer's header, in the log, in a 500. */
public final class RequestId {

    /** The header that carries it, both ways. */
    public static final String HEADER = "X-Request-Id";

    static final String ATTRIBUTE = RequestId.class.getName();

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private RequestId() {}

    /** The id of the request; {@code unknown} only for one that never came through the filters. */
    public static String of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "unknown";
    }

    /** Whether a value from outside may stand in a header and in the log. */
    static boolean isSane(String value) {
        return SANE.matcher(value).matches();
    }
}
