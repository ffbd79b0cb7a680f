package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.ErrorCode;
import java.util.List;

/**
 * The HTTP status and the type name of an error category; the only place where they are decided.
 *
 * @param status the HTTP status
 * @param type the name in {@code error.type}
 */
public record ErrorStatus(int status, String type) {

    public static ErrorStatus of(ErrorCategory category) {
        return switch (category) {
            case BAD_REQUEST -> new ErrorStatus(400, "BadRequestError");
            case UNAUTHORIZED -> new ErrorStatus(401, "UnauthorizedError");
            case FORBIDDEN -> new ErrorStatus(403, "ForbiddenError");
            case QUOTA_EXCEEDED -> new ErrorStatus(403, "QuotaExceededError");
            case NOT_FOUND -> new ErrorStatus(404, "NotFoundError");
            case METHOD_NOT_ALLOWED -> new ErrorStatus(405, "MethodNotAllowedError");
            case NOT_ACCEPTABLE -> new ErrorStatus(406, "NotAcceptableError");
            case ALREADY_EXISTS -> new ErrorStatus(409, "AlreadyExistsError");
            case CONFLICT -> new ErrorStatus(409, "ConflictError");
            case PRECONDITION_FAILED -> new ErrorStatus(412, "PreconditionFailedError");
            case REQUEST_TIMEOUT -> new ErrorStatus(408, "RequestTimeoutError");
            case PAYLOAD_TOO_LARGE -> new ErrorStatus(413, "PayloadTooLargeError");
            case URI_TOO_LONG -> new ErrorStatus(414, "UriTooLongError");
            case UNSUPPORTED_MEDIA_TYPE -> new ErrorStatus(415, "UnsupportedMediaTypeError");
            case VALIDATION -> new ErrorStatus(422, "ValidationError");
            case TOO_MANY_REQUESTS -> new ErrorStatus(429, "TooManyRequestsError");
            case HEADERS_TOO_LARGE -> new ErrorStatus(431, "HeadersTooLargeError");
            case INTERNAL -> new ErrorStatus(500, "InternalServerError");
            case STORAGE -> new ErrorStatus(503, "StorageError");
            case UNAVAILABLE -> new ErrorStatus(503, "ServiceUnavailableError");
            case HTTP_VERSION -> new ErrorStatus(505, "HttpVersionNotSupportedError");
        };
    }

    /** The code that fits a bare status best, for failures that only the container or the framework knows of. */
    static ErrorCode codeFor(int status) {
        List<ErrorCode> plain = List.of(
                ErrorCode.UNAUTHORIZED,
                ErrorCode.FORBIDDEN,
                ErrorCode.NO_SUCH_PATH,
                ErrorCode.METHOD_NOT_ALLOWED,
                ErrorCode.NOT_ACCEPTABLE,
                ErrorCode.CONFLICT,
                ErrorCode.REQUEST_TIMEOUT,
                ErrorCode.PAYLOAD_TOO_LARGE,
                ErrorCode.URI_TOO_LONG,
                ErrorCode.HEADERS_TOO_LARGE,
                ErrorCode.HTTP_VERSION_NOT_SUPPORTED,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.VALIDATION,
                ErrorCode.RATE_LIMITED,
                ErrorCode.SERVICE_UNAVAILABLE);
        return plain.stream()
                .filter(code -> of(code.category()).status() == status)
                .findFirst()
                .orElse(status < 500 ? ErrorCode.BAD_REQUEST : ErrorCode.INTERNAL);
    }
}
