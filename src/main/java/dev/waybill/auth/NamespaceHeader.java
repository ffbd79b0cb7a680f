package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which namespace a request names, by {@code X-Namespace} or {@code ?namespace=}. */
public final class NamespaceHeader {

    public static final String NAME = "X-Namespace";
    public static final String PARAMETER = "namespace";

    private NamespaceHeader() {}

    /**
     * An id or a name, as the client sent it; where it sent several that mean the same namespace, the first.
     *
     * @return empty when the request names none
     * @throws WaybillException 400 when it names several
     */
    public static Optional<String> of(
            HttpServletRequest request, OrganizationId organization, NamespaceResolver namespaces) {
        List<String> sent = Stream.concat(Collections.list(request.getHeaders(NAME)).stream(), parameters(request))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        List<String> different = namespaces.different(organization, sent);
        if (different.size() > 1) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "The header %s and the query parameter '%s' name different namespaces, each or together; send one of them."
                            .formatted(NAME, PARAMETER),
                    Map.of("header", NAME, "parameter", PARAMETER));
        }
        return different.stream().findFirst();
    }

    private static Stream<String> parameters(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameterValues(PARAMETER)).stream()
                .flatMap(Stream::of);
    }
}
