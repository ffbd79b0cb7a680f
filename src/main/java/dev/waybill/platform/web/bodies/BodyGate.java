package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Checks the length and the {@code Content-Type} of a body before it is read. A body is JSON; one that does not say
 * what it is, is taken for JSON; one that may be missing is also taken as {@code text/plain}, which browsers send by
 * themselves. It stands behind authentication, so that nobody learns anything without a key.
 */
public final class BodyGate implements HandlerInterceptor {

    private final DataSize limit;

    public BodyGate(DataSize limit) {
        this.limit = limit;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw BodyLimitFilter.tooLarge(limit);
        }
        if (handler instanceof HandlerMethod method && (hasBody(request) || hasWildcard(request))) {
            bodyOf(method).ifPresent(body -> check(request.getContentType(), body, response));
        }
        return true;
    }

    private static Optional<RequestBody> bodyOf(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getParameterAnnotation(RequestBody.class)))
                .findFirst();
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** A type that Spring does not even read without a body: it throws. */
    private static boolean hasWildcard(HttpServletRequest request) {
        return request.getContentType() != null && request.getContentType().contains("*");
    }

    private static void check(@Nullable String contentType, RequestBody body, HttpServletResponse response) {
        if (contentType == null || contentType.isBlank() || fits(contentType, body)) {
            return;
        }
        response.setHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        throw unsupported(contentType);
    }

    private static boolean fits(String contentType, RequestBody body) {
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                    || (type.isConcrete()
                            && type.getType().equals("application")
                            && "json".equals(type.getSubtypeSuffix()))
                    || (!body.required() && MediaType.TEXT_PLAIN.equalsTypeAndSubtype(type));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static WaybillException unsupported(String contentType) {
        String curl = contentType.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                ? " (curl says %s unless you add -H 'Content-Type: application/json')"
                        .formatted(MediaType.APPLICATION_FORM_URLENCODED_VALUE)
                : "";
        String message = "The body must be JSON: send it with the header 'Content-Type: application/json'%s. %s"
                .formatted(curl, FormUploadFilter.WHERE);
        return new WaybillException(
                ErrorCode.UNSUPPORTED_MEDIA_TYPE, message, Map.of("supported", MediaType.APPLICATION_JSON_VALUE));
    }
}
