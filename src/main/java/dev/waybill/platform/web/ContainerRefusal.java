package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/**
 * Maps Tomcat's refusal of a request, which no filter saw, to an error. That something is too large Tomcat says in its
 * message only, so it is recognised by this message, in whatever language it is.
 */
final class ContainerRefusal {

    private static final String TOO_LARGE =
            StringManager.getManager("org.apache.coyote.http11").getString("iib.requestheadertoolarge.error");

    /** Up to the number, which stands in brackets in every language. */
    private static final String TOO_MANY = StringManager.getManager("org.apache.tomcat.util.http")
            .getString("headers.maxCountFail", "")
            .split("\\[")[0];

    private static final String TOO_MANY_PARAMETERS = StringManager.getManager("org.apache.tomcat.util.http")
            .getString("parameters.maxCountFail", "")
            .split("\\[")[0];

    private static final int NOT_IMPLEMENTED = 501;

    private ContainerRefusal() {}

    static WaybillException of(Request request, int status, @Nullable Throwable why) {
        String words = why == null ? "" : String.valueOf(why.getMessage());
        if (words.equals(TOO_LARGE)) {
            return tooLarge(request);
        }
        if (words.startsWith(TOO_MANY)) {
            return headersTooLarge();
        }
        if (status == NOT_IMPLEMENTED && "CONNECT".equals(request.getMethod())) {
            return new WaybillException(ErrorCode.METHOD_NOT_ALLOWED, "CONNECT is not possible: this is no proxy.");
        }
        if (status == NOT_IMPLEMENTED) {
            // Of all else that Tomcat does not know only the transfer coding gets this far.
            return new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "The only Transfer-Encoding that is read is 'chunked'. To send a body packed, use"
                            + " 'Content-Encoding: gzip'.");
        }
        if (status == HttpServletResponse.SC_EXPECTATION_FAILED) {
            return new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "The only Expect that is understood is '100-continue'; leave the header out.");
        }
        String host = request.getHeader("Host");
        if (host != null && host.contains("_")) {
            return new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "The header Host holds '_', which no host's name may hold; call the service by a name of letters,"
                            + " digits, '-' and '.', or by its address.");
        }
        WaybillException plain = FailureMapping.byStatus(status);
        return switch (plain.code()) {
            case BAD_REQUEST ->
                new WaybillException(
                        ErrorCode.BAD_REQUEST,
                        "The request could not be understood: its request line, a header or its encoding is not valid"
                                + " HTTP. Characters beyond letters and digits must be percent-encoded in a path.");
            case HTTP_VERSION_NOT_SUPPORTED ->
                new WaybillException(
                        ErrorCode.HTTP_VERSION_NOT_SUPPORTED, "The service speaks HTTP/1.1, and HTTP/1.0.");
            default -> plain;
        };
    }

    /** Of a query string, which is read late. */
    static WaybillException of(InvalidParameterException failure) {
        return new WaybillException(
                ErrorCode.BAD_REQUEST,
                String.valueOf(failure.getMessage()).startsWith(TOO_MANY_PARAMETERS)
                        ? "The query string has more than 1000 parameters. Lists take their filters in the body, by POST."
                        : "The query string is not percent-encoded as it must be.");
    }

    /** The request line is recognised by its path, which Tomcat has not got to the end of. */
    private static WaybillException tooLarge(Request request) {
        return request.getRequestURI() == null
                ? new WaybillException(
                        ErrorCode.URI_TOO_LONG,
                        "The path and the query string are too long. What is long belongs into the body: lists take"
                                + " their filters there, by POST.",
                        bounds())
                : headersTooLarge();
    }

    private static WaybillException headersTooLarge() {
        return new WaybillException(
                ErrorCode.HEADERS_TOO_LARGE,
                "The headers of the request are too many, or too large. Request line and headers together may have"
                        + " 16 kB, in 100 headers.",
                bounds());
    }

    private static Map<String, Object> bounds() {
        return Map.of("limit", 16_384, "max_headers", 100);
    }
}
