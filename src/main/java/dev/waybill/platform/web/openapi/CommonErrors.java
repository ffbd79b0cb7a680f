package dev.waybill.platform.web.openapi;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.web.ErrorResponse;
import dev.waybill.platform.web.ErrorStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The errors that many operations share: one code for each status, with a description and an example. */
final class CommonErrors {

    static final List<ErrorCode> CODES = List.of(
            ErrorCode.BAD_REQUEST,
            ErrorCode.UNAUTHORIZED,
            ErrorCode.FORBIDDEN,
            ErrorCode.NOT_FOUND,
            ErrorCode.CONFLICT,
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.VALIDATION,
            ErrorCode.RATE_LIMITED,
            ErrorCode.INTERNAL,
            ErrorCode.SERVICE_UNAVAILABLE);

    private static final List<Object> PLACE = List.of("query", "limit");
    private static final String WRONG = "must be an integer from 1 to 1000";
    private static final String TYPE = "int_type";

    private CommonErrors() {}

    /** The name among the components: the type without its ending. */
    static String name(ErrorCode code) {
        return ErrorStatus.of(code.category()).type();
    }

    static int status(ErrorCode code) {
        return ErrorStatus.of(code.category()).status();
    }

    static String description(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST ->
                "The request cannot be done as it is: malformed HTTP or JSON, no namespace, or against a rule.";
            case UNAUTHORIZED -> "The API key is missing, malformed, unknown, revoked or expired.";
            case FORBIDDEN ->
                "The key lacks the permission or the scope, or a quota is used up (`QuotaExceededError`).";
            case NOT_FOUND -> "There is no such resource within the key's reach.";
            case CONFLICT ->
                "It exists already (`AlreadyExistsError`), its state does not allow this, or the same request still runs"
                        + " (`Retry-After`).";
            case PAYLOAD_TOO_LARGE -> "The body is larger than the service takes.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body does not say that it is JSON.";
            case VALIDATION -> "Fields or parameters have the wrong type or break a bound; every one is named.";
            case RATE_LIMITED -> "Too many requests; `Retry-After` says when to go on.";
            case INTERNAL -> "Our fault. The answer says no more than the request's id.";
            default -> "Storage (`StorageError`) or a database is away; try again.";
        };
    }

    /** A whole answer, as it would come. */
    static ErrorResponse example(ErrorCode code) {
        ErrorStatus errorStatus = ErrorStatus.of(code.category());
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("code", code.wire());
        details.putAll(details(code));
        return new ErrorResponse(
                false,
                errorStatus.status(),
                new ErrorResponse.Problem(message(code), errorStatus.type(), details),
                code == ErrorCode.VALIDATION ? List.of(new ErrorResponse.Detail(PLACE, WRONG, TYPE)) : null);
    }

    private static Map<String, Object> details(ErrorCode code) {
        Map<String, Object> details = new LinkedHashMap<>();
        switch (code) {
            case NOT_FOUND -> {
                details.put("resource", "bucket");
                details.put("id", "product-catalog");
            }
            case FORBIDDEN -> details.put("permission", "write");
            case PAYLOAD_TOO_LARGE -> details.put("limit", 5_242_880);
            case UNSUPPORTED_MEDIA_TYPE -> details.put("supported", "application/json");
            case VALIDATION ->
                details.put("validation_errors", List.of(new ErrorResponse.ValidationProblem(TYPE, PLACE, WRONG)));
            case RATE_LIMITED -> {
                details.put("limit", 600);
                details.put("window", 60);
                details.put("retry_after", 17);
            }
            case INTERNAL -> details.put("request_id", "req_0VXsK2aQ3nB8xYz1");
            default -> {}
        }
        return details;
    }

    private static String message(ErrorCode code) {
        return switch (code) {
            case BAD_REQUEST -> "The request cannot be done as it is.";
            case UNAUTHORIZED -> "A valid API key is needed: send the header 'Authorization: Bearer sk_...'.";
            case FORBIDDEN -> "This key lacks the permission 'write'.";
            case NOT_FOUND -> "bucket 'product-catalog' not found";
            case CONFLICT -> "The state of the resource does not allow this.";
            case PAYLOAD_TOO_LARGE -> "The body of the request is larger than 5242880 bytes.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "The body must be JSON: send it with the header 'Content-Type: application/json'.";
            case VALIDATION -> "limit: " + WRONG;
            case RATE_LIMITED -> "More than 600 requests in 60 seconds. Try again in 17 seconds.";
            case INTERNAL -> "Something went wrong on our side.";
            default -> "The database does not answer just now; try again.";
        };
    }
}
