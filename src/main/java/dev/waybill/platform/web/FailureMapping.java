package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FailureTranslator;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.JsonFailures;
import jakarta.servlet.ServletException;
import jakarta.validation.ConstraintViolationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Maps any exception to a {@link WaybillException}. An unknown one is our fault: 500. */
@Component
class FailureMapping {

    private static final int MAX_CAUSES = 20;

    private final List<FailureTranslator> translators;

    FailureMapping(List<FailureTranslator> translators) {
        this.translators = translators;
    }

    /**
     * Whether the client is gone, so that nobody is there to read an answer. Connections to stores break off in the
     * same words, and these have to be reported to the client.
     */
    boolean isOfAGoneClient(Throwable failure) {
        return DisconnectedClientHelper.isClientDisconnectedException(failure)
                && causes(failure)
                        .noneMatch(cause -> cause instanceof WaybillException
                                || translators.stream()
                                        .anyMatch(translator ->
                                                translator.translate(cause).isPresent()));
    }

    WaybillException translate(Throwable failure) {
        return switch (failure) {
            case WaybillException known -> known;
            case MethodArgumentNotValidException e -> ValidationFailures.translate(e);
            case HandlerMethodValidationException e ->
                e.isForReturnValue() ? internal(e) : ValidationFailures.translate(e);
            case ConstraintViolationException e -> ValidationFailures.translate(e);
            case HttpMessageNotReadableException e -> unreadable(e);
            case MethodArgumentTypeMismatchException e -> mistyped(e);
            case MissingServletRequestParameterException e -> missing("query", e.getParameterName());
            case MissingRequestHeaderException e -> missing("header", e.getHeaderName());
            case NoResourceFoundException e -> noSuchPath(e.getHttpMethod(), "/" + e.getResourcePath());
            case NoHandlerFoundException e -> noSuchPath(HttpMethod.valueOf(e.getHttpMethod()), e.getRequestURL());
            case HttpRequestMethodNotSupportedException e -> methodNotAllowed(e);
            case HttpMediaTypeNotSupportedException e ->
                new WaybillException(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "The body must be JSON: send it with the header 'Content-Type: application/json'.");
            case HttpMediaTypeNotAcceptableException e ->
                new WaybillException(
                        ErrorCode.NOT_ACCEPTABLE,
                        "Answers are JSON: send 'Accept: application/json', or no Accept header.");
            case AsyncRequestTimeoutException e ->
                new WaybillException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The answer took too long; try again.", Map.of(), e);
            case InvalidParameterException e -> ContainerRefusal.of(e);
            default -> wrapped(failure);
        };
    }

    private WaybillException unreadable(HttpMessageNotReadableException failure) {
        Optional<WaybillException> own = causes(failure)
                .filter(cause -> cause instanceof WaybillException && !(cause instanceof InvalidRequest))
                .map(WaybillException.class::cast)
                .findFirst();
        if (own.isPresent()) {
            return own.get();
        }
        if (failure.getCause() instanceof JacksonException json) {
            return JsonFailures.translate(json);
        }
        return failure.getCause() == null
                ? new InvalidRequest(
                        List.of(new Violation(List.of("body"), "a JSON body is required by this operation", "missing")))
                : new WaybillException(ErrorCode.BAD_REQUEST, "The body could not be read.", Map.of(), failure);
    }

    private static WaybillException mistyped(MethodArgumentTypeMismatchException failure) {
        Optional<WaybillException> own = causes(failure)
                .filter(WaybillException.class::isInstance)
                .map(WaybillException.class::cast)
                .findFirst();
        return own.orElseGet(() -> {
            JsonFailures.Expected expected = JsonFailures.Expected.of(failure.getRequiredType());
            return new InvalidRequest(List.of(new Violation(
                    ValidationFailures.locationOf(failure.getParameter()), expected.message(), expected.type())));
        });
    }

    private static WaybillException missing(String part, String name) {
        return new InvalidRequest(List.of(new Violation(List.of(part, name), "is required", "missing")));
    }

    private static WaybillException noSuchPath(HttpMethod method, String path) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("method", method.name());
        details.put("path", path);
        return new WaybillException(
                ErrorCode.NO_SUCH_PATH,
                "There is nothing at %s %s; /docs lists what there is.".formatted(method, path),
                details);
    }

    private static WaybillException methodNotAllowed(HttpRequestMethodNotSupportedException failure) {
        String[] supported = failure.getSupportedMethods();
        List<String> allowed =
                supported == null ? List.of() : Stream.of(supported).sorted().toList();
        return new WaybillException(
                ErrorCode.METHOD_NOT_ALLOWED,
                "%s is not possible here; possible: %s.".formatted(failure.getMethod(), String.join(", ", allowed)),
                Map.of("allowed", allowed));
    }

    private WaybillException wrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean isWrapper = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof ServletException && !(failure instanceof ErrorResponse);
        return isWrapper && cause != null ? translate(cause) : unknown(failure);
    }

    private WaybillException unknown(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> translators.stream().map(translator -> translator.translate(cause)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> failure instanceof ErrorResponse known ? byStatus(known, failure) : internal(failure));
    }

    private static WaybillException byStatus(ErrorResponse known, Throwable cause) {
        ErrorCode code = ErrorStatus.codeFor(known.getStatusCode().value());
        return new WaybillException(code, sentence(code), Map.of(), cause);
    }

    /** For failures of which only the status is known. */
    static WaybillException byStatus(int status) {
        ErrorCode code = ErrorStatus.codeFor(status);
        return new WaybillException(code, sentence(code));
    }

    private static String sentence(ErrorCode code) {
        return switch (code) {
            case NO_SUCH_PATH -> "There is nothing at this path; /docs lists what there is.";
            case METHOD_NOT_ALLOWED -> "This method is not possible here.";
            case PAYLOAD_TOO_LARGE -> "The body of the request is too large.";
            case SERVICE_UNAVAILABLE -> "The service is not available just now; try again.";
            case UNAUTHORIZED -> "A valid API key is needed: send the header 'Authorization: Bearer sk_...'.";
            default -> "The request could not be understood.";
        };
    }

    private static WaybillException internal(Throwable cause) {
        return new WaybillException(ErrorCode.INTERNAL, ErrorAnswer.INTERNAL_MESSAGE, Map.of(), cause);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }
}
