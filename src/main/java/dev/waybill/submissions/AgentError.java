package dev.waybill.submissions;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.web.ErrorStatus;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure in this API's terms: the one mapping of exceptions to status, code and message.
 *
 * @param retryAfterSeconds null when retrying later does not help
 */
record AgentError(
        int status, String code, String message, @Nullable Long retryAfterSeconds) {

    private static final String STORAGE = "Failed to verify file in storage";
    private static final String INTERNAL = "Something went wrong on our side. The request may be tried again.";

    /** The {@code Retry-After} of an unavailable service in seconds, unless the failure has one. */
    private static final long RETRY_AFTER_SECONDS = 5;

    static AgentError of(WaybillException failure) {
        ErrorCode code = failure.code();
        int status = ErrorStatus.of(code.category()).status();
        return switch (code.category()) {
            case UNAUTHORIZED -> of(status, "UNAUTHORIZED", failure);
            case FORBIDDEN, QUOTA_EXCEEDED -> of(status, "FORBIDDEN", failure);
            case NOT_FOUND -> of(status, notFound(code), failure);
            case TOO_MANY_REQUESTS -> new AgentError(status, "RATE_LIMITED", failure.getMessage(), retryAfter(failure));
            case STORAGE -> new AgentError(502, "STORAGE_ERROR", STORAGE, retryAfter(failure));
            case UNAVAILABLE ->
                new AgentError(status, "SERVICE_UNAVAILABLE", failure.getMessage(), retryAfter(failure));
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
                    HTTP_VERSION -> of(status, "VALIDATION_ERROR", failure);
        };
    }

    private static AgentError of(int status, String code, WaybillException failure) {
        return new AgentError(status, code, failure.getMessage(), null);
    }

    private static String notFound(ErrorCode code) {
        return switch (code) {
            case SUBMISSION_NOT_FOUND, MEDIA_FILE_NOT_FOUND, PROJECT_NOT_FOUND -> code.name();
            case NOT_IN_STORAGE -> "FILE_NOT_FOUND";
            default -> "NOT_FOUND";
        };
    }

    private static long retryAfter(WaybillException failure) {
        return failure.details().get("retry_after") instanceof Number seconds
                ? Math.max(1, seconds.longValue())
                : RETRY_AFTER_SECONDS;
    }

    /** Names every field: this API has no list of errors beside the message. */
    private static String sentence(WaybillException failure) {
        return failure instanceof InvalidRequest invalid
                ? invalid.violations().stream()
                        .map(one -> one.sentence(one.location().size() > 1 ? 1 : 0))
                        .collect(Collectors.joining("; "))
                : failure.getMessage();
    }
}
