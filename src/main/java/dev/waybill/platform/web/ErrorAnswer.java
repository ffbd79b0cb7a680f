package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The error response of the first API: status, headers and body. */
record ErrorAnswer(int status, Map<String, String> headers, ErrorResponse body) {

    static final String INTERNAL_MESSAGE =
            "Something went wrong on our side. The request may be tried again; if it fails again, report its request id.";

    /** The detail that becomes a header too, in seconds. */
    private static final String RETRY_AFTER = "retry_after";

    /** When to retry a service that is away, in seconds, unless the failure says otherwise. */
    private static final long RETRY_AFTER_SECONDS = 5;

    static ErrorAnswer of(WaybillException failure, String requestId) {
        return of(failure, ErrorStatus.of(failure.code().category()), requestId);
    }

    static ErrorAnswer of(WaybillException failure, ErrorStatus errorStatus, String requestId) {
        ErrorCategory category = failure.code().category();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", failure.code().wire());
        if (category == ErrorCategory.INTERNAL) {
            details.put("request_id", requestId);
        } else {
            details.putAll(failure.details());
        }
        List<ErrorResponse.Detail> beside = null;
        if (failure instanceof InvalidRequest invalid) {
            details.put(
                    "validation_errors",
                    invalid.violations().stream().map(ErrorAnswer::problem).toList());
            beside = invalid.violations().stream().map(ErrorAnswer::detail).toList();
        } else if (category == ErrorCategory.VALIDATION) {
            details.putIfAbsent("validation_errors", List.of());
            beside = List.of();
        }
        String message = category == ErrorCategory.INTERNAL ? INTERNAL_MESSAGE : failure.getMessage();
        ErrorResponse.Problem problem = new ErrorResponse.Problem(message, errorStatus.type(), details);
        return new ErrorAnswer(
                errorStatus.status(),
                headers(errorStatus.status(), failure.details()),
                new ErrorResponse(false, errorStatus.status(), problem, beside));
    }

    private static Map<String, String> headers(int status, Map<String, Object> details) {
        return switch (status) {
            case 401 -> Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case 429, 503 -> Map.of(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter(details)));
            default ->
                details.containsKey(RETRY_AFTER)
                        ? Map.of(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter(details)))
                        : Map.of();
        };
    }

    private static long retryAfter(Map<String, Object> details) {
        return details.get(RETRY_AFTER) instanceof Number seconds
                ? Math.max(1, (long) Math.ceil(seconds.doubleValue()))
                : RETRY_AFTER_SECONDS;
    }

    private static ErrorResponse.ValidationProblem problem(Violation violation) {
        return new ErrorResponse.ValidationProblem(violation.type(), violation.location(), violation.message());
    }

    private static ErrorResponse.Detail detail(Violation violation) {
        return new ErrorResponse.Detail(violation.location(), violation.message(), violation.type());
    }
}
