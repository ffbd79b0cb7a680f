package dev.waybill.platform.errors;

import java.util.Locale;

/**
 * The catalogue of errors. A code is stable: clients and alerts may match on it, so one is added rather than renamed.
 * It stands in every answer as {@code error.details.code}, in lower case.
 */
public enum ErrorCode {
    BAD_REQUEST(ErrorCategory.BAD_REQUEST),
    MALFORMED_JSON(ErrorCategory.BAD_REQUEST),
    NAMESPACE_REQUIRED(ErrorCategory.BAD_REQUEST),
    INVALID_CURSOR(ErrorCategory.BAD_REQUEST),
    QUERY_TOO_SLOW(ErrorCategory.BAD_REQUEST),

    UNAUTHORIZED(ErrorCategory.UNAUTHORIZED),
    FORBIDDEN(ErrorCategory.FORBIDDEN),
    QUOTA_EXCEEDED(ErrorCategory.QUOTA_EXCEEDED),
    RATE_LIMITED(ErrorCategory.TOO_MANY_REQUESTS),

    NOT_FOUND(ErrorCategory.NOT_FOUND),
    NO_SUCH_PATH(ErrorCategory.NOT_FOUND),
    NOT_IN_STORAGE(ErrorCategory.NOT_FOUND),
    PROJECT_NOT_FOUND(ErrorCategory.NOT_FOUND),
    SUBMISSION_NOT_FOUND(ErrorCategory.NOT_FOUND),
    MEDIA_FILE_NOT_FOUND(ErrorCategory.NOT_FOUND),
    METHOD_NOT_ALLOWED(ErrorCategory.METHOD_NOT_ALLOWED),
    NOT_ACCEPTABLE(ErrorCategory.NOT_ACCEPTABLE),
    ALREADY_EXISTS(ErrorCategory.ALREADY_EXISTS),
    CONFLICT(ErrorCategory.CONFLICT),
    REQUEST_STILL_RUNS(ErrorCategory.CONFLICT),
    REQUEST_TIMEOUT(ErrorCategory.REQUEST_TIMEOUT),
    PAYLOAD_TOO_LARGE(ErrorCategory.PAYLOAD_TOO_LARGE),
    URI_TOO_LONG(ErrorCategory.URI_TOO_LONG),
    HEADERS_TOO_LARGE(ErrorCategory.HEADERS_TOO_LARGE),
    HTTP_VERSION_NOT_SUPPORTED(ErrorCategory.HTTP_VERSION),
    UNSUPPORTED_MEDIA_TYPE(ErrorCategory.UNSUPPORTED_MEDIA_TYPE),
    VALIDATION(ErrorCategory.VALIDATION),

    UNKNOWN_EXTRACTOR(ErrorCategory.BAD_REQUEST),
    BUCKET_LOCKED(ErrorCategory.CONFLICT),
    BUCKET_NOT_ACTIVE(ErrorCategory.CONFLICT),
    BLOB_PROPERTY_UNKNOWN(ErrorCategory.BAD_REQUEST),
    BLOB_PROPERTY_AMBIGUOUS(ErrorCategory.BAD_REQUEST),
    FILE_TOO_LARGE(ErrorCategory.BAD_REQUEST),
    ETAG_MISMATCH(ErrorCategory.BAD_REQUEST),
    SIZE_MISMATCH(ErrorCategory.BAD_REQUEST),
    HASH_MISMATCH(ErrorCategory.BAD_REQUEST),
    INVALID_FILE_FORMAT(ErrorCategory.BAD_REQUEST),
    SCHEMA_MISMATCH(ErrorCategory.BAD_REQUEST),
    URL_REFUSED(ErrorCategory.BAD_REQUEST),
    URL_UNREACHABLE(ErrorCategory.BAD_REQUEST),
    UPLOAD_NOT_USABLE(ErrorCategory.BAD_REQUEST),
    UNIQUE_KEY(ErrorCategory.BAD_REQUEST),
    TOO_MANY_GROUPS(ErrorCategory.BAD_REQUEST),
    PRECONDITION_FAILED(ErrorCategory.PRECONDITION_FAILED),
    UPLOAD_NOT_PENDING(ErrorCategory.CONFLICT),
    UPLOAD_COMPLETED(ErrorCategory.BAD_REQUEST),
    UPLOAD_EXPIRED(ErrorCategory.BAD_REQUEST),
    TASK_NOT_CANCELABLE(ErrorCategory.CONFLICT),
    NOT_SUPPORTED_YET(ErrorCategory.BAD_REQUEST),
    NOT_CONFIGURED(ErrorCategory.BAD_REQUEST),
    UNSUPPORTED(ErrorCategory.BAD_REQUEST),
    CONNECTION_FAILED(ErrorCategory.BAD_REQUEST),
    CONNECTION_NOT_ACTIVE(ErrorCategory.CONFLICT),
    WEBHOOK_PAUSED(ErrorCategory.CONFLICT),

    STORAGE_UNAVAILABLE(ErrorCategory.STORAGE),
    STORAGE_DENIED(ErrorCategory.STORAGE),
    STORAGE_BROKEN(ErrorCategory.STORAGE),
    LOCAL_DISK_FULL(ErrorCategory.UNAVAILABLE),
    SERVICE_UNAVAILABLE(ErrorCategory.UNAVAILABLE),
    INTERNAL(ErrorCategory.INTERNAL);

    private final ErrorCategory category;

    ErrorCode(ErrorCategory category) {
        this.category = category;
    }

    public ErrorCategory category() {
        return category;
    }

    /** The code as it stands on the wire, such as {@code etag_mismatch}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
