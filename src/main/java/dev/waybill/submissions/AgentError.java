package dev.waybill.submissions;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.web.ErrorStatus;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure as this API tells it; the only place where that is decided.
 *
 * @param retryAfterSeconds null when trying again later does not help
 */
record AgentError(
        int status, String code, String message, @Nullable Long retryAfterSeconds) {

    private static final String STORAGE = "Failed to verify file in storage";
    private static final String INTERNAL = "Something went wrong on our side. The request may be tried again.";

    /** When a service that is away may be asked again, in seconds, unless the failure knows better. */
    private static final long RETRY_AFTER_SECONDS = 5;

    static AgentError of(WaybillException failure) {
        ErrorCode code = failure.code();
        int status = ErrorStatus.of(code.category()).status();
        return switch (code.category()) {
            case UNAUTHORIZED -> told(status, "UNAUTHORIZED", failure);
            case FORBIDDEN, QUOTA_EXCEEDED -> told(status, "FORBIDDEN", failure);
            case NOT_FOUND -> told(status, notFound(code), failure);
            case TOO_MANY_REQUESTS -> new AgentError(status, "RATE_LIMITED", failure.getMessage(), wait(failure));
            case STORAGE -> new AgentError(502, "STORAGE_ERROR", STORAGE, wait(failure));
            case UNAVAILABLE -> new AgentError(status, "SERVICE_UNAVAILABLE", failure.getMessage(), wait(failure));
            case INTERNAL -> new AgentError(status, "INTERNAL_ERROR", INTERNAL, null);
            case VALIDATION -> new AgentError(400, "VALIDATION_ERROR", sentence(failure), null);
            case BAD_REQUEST,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    ALREADY_EXISTS,
                    CONFLICT,
                    PRECONDITION_FAILED,
                    REQUEST_TIMEOUT,
                    PAYLOAD_TOO_LARGE,
                    URI_TOO_LONG,
                    HEADERS_TOO_LARGE,
                    UNSUPPORTED_MEDIA_TYPE,
                    HTTP_VERSION -> told(status, "VALIDATION_ERROR", failure);
        };
    }

    private static AgentError told(int status, String code, WaybillException failure) {
        return new AgentError(status, code, failure.getMessage(), null);
    }

    private static String notFound(ErrorCode code) {
        return switch (code) {
            case SUBMISSION_NOT_FOUND, MEDIA_FILE_NOT_FOUND, PROJECT_NOT_FOUND -> code.name();
            case NOT_IN_STORAGE -> "FILE_NOT_FOUND";
            default -> "NOT_FOUND";
        };
    }

    private static long wait(WaybillException failure) {
        return failure.details().get("retry_after") instanceof Number seconds
                ? Math.max(1, seconds.longValue())
                : RETRY_AFTER_SECONDS;
    }

    /** Names every field: there is no list beside the message here. */
    private static String sentence(WaybillException failure) {
        return failure instanceof InvalidRequest invalid
                ? invalid.violations().stream()
                        .map(one -> one.sentence(one.location().size() > 1 ? 1 : 0))
                        .collect(Collectors.joining("; "))
                : failure.getMessage();
    }
}
