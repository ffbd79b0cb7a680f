package dev.waybill.platform.web;

import org.springframework.core.Ordered;

/** The order in which filters see a request. */
public final class FilterOrder {

    public static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE;
    /** On every answer, refusals among them. */
    public static final int SECURITY_HEADERS = REQUEST_ID + 5;

    public static final int ACCESS_LOG = REQUEST_ID + 10;
    /** From here on a request's time is counted. */
    public static final int DEADLINE = REQUEST_ID + 15;
    /** What is thrown further in is rendered here. */
    public static final int FAILURES = REQUEST_ID + 20;

    /** Paths as they are meant, for everything behind. */
    public static final int PLAIN_PATH = REQUEST_ID + 25;

    public static final int TRAILING_SLASH = REQUEST_ID + 30;
    /** Preflights are answered here, before a key is required. */
    public static final int CORS = REQUEST_ID + 40;

    public static final int BODY_LIMIT = REQUEST_ID + 50;
    /** Authentication; free for the module that does it. */
    public static final int AUTHENTICATION = REQUEST_ID + 100;
    /** How the body is packed, for those who may send one. */
    public static final int BODY_FORM = REQUEST_ID + 110;
    /** Replay of the answer to the same idempotency key; free for the module that does it. */
    public static final int IDEMPOTENCY = REQUEST_ID + 120;

    private FilterOrder() {}
}
