package dev.waybill.platform.errors;

/** The category of an error; {@code platform.web} maps each to an HTTP status and a type name. */
public enum ErrorCategory {
    BAD_REQUEST,
    UNAUTHORIZED,
    FORBIDDEN,
    QUOTA_EXCEEDED,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    ALREADY_EXISTS,
    CONFLICT,
    PRECONDITION_FAILED,
    /** The rest of the request did not come in time. */
    REQUEST_TIMEOUT,
    PAYLOAD_TOO_LARGE,
    URI_TOO_LONG,
    HEADERS_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    HTTP_VERSION,
    VALIDATION,
    TOO_MANY_REQUESTS,
    INTERNAL,
    STORAGE,
    UNAVAILABLE
}
