package dev.waybill.platform.web;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/** Reads headers that may have one value only: some clients send the same one twice. */
public final class RequestHeaders {

    private static final Pattern SCHEME = Pattern.compile("(?i)bearer\\s+");
    /** Where proxies have joined two. */
    private static final Pattern JOINT = Pattern.compile("\\s*,\\s*(?=(?i)bearer\\s)");

    private RequestHeaders() {}

    /**
     * The value of a header, without the white space around it.
     *
     * @return empty when there is none, or nothing in it
     * @throws WaybillException 400 when it was sent with values that differ
     */
    public static Optional<String> one(HttpServletRequest request, String name) {
        return one(name, values(request, name));
    }

    /**
     * What {@code Authorization} says; its scheme is {@code Bearer}, however it was written.
     *
     * @return as {@link #one(HttpServletRequest, String)}
     * @throws WaybillException as {@link #one(HttpServletRequest, String)}
     */
    public static Optional<String> authorization(HttpServletRequest request) {
        return one(
                HttpHeaders.AUTHORIZATION,
                values(request, HttpHeaders.AUTHORIZATION)
                        .flatMap(JOINT::splitAsStream)
                        .map(value -> SCHEME.matcher(value).lookingAt()
                                ? SCHEME.matcher(value).replaceFirst("Bearer ")
                                : value));
    }

    private static Stream<String> values(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<String> one(String name, Stream<String> sent) {
        List<String> values = sent.distinct().toList();
        if (values.size() > 1) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "The header %s was sent with different values; send one of them.".formatted(name),
                    Map.of("header", name));
        }
        return values.stream().findFirst();
    }
}
