package dev.waybill.platform.web;

/** The keys of the logging context (MDC) of a request while it is worked on. */
public final class LogKeys {

    public static final String REQUEST_ID = "request_id";

    /** As the client named it; whoever resolves it may put the id instead. */
    public static final String NAMESPACE = "namespace";

    public static final String UPLOAD_ID = "upload_id";

    private LogKeys() {}
}
