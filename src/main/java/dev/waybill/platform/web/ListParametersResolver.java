package dev.waybill.platform.web;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.query.ListQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads the paging of a list from the query string; everything that is wrong with it is told at once. */
final class ListParametersResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ListParameters.class;
    }

    @Override
    public ListParameters resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Violations violations = new Violations();
        Paging paging = new Paging(
                integer("limit", request, violations),
                integer("page_size", request, violations),
                integer("offset", request, violations),
                integer("page", request, violations),
                single("cursor", request, violations));
        boolean includeTotal = flag("include_total", request, violations);
        paging.check("query", ListQuery.MAX_LIMIT, violations);
        violations.refuse();
        return new ListParameters(paging, includeTotal);
    }

    private static @Nullable Integer integer(String name, NativeWebRequest request, Violations violations) {
        String text = single(name, request, violations);
        if (text == null) {
            return null;
        }
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            violations.add(List.of("query", name), "must be an integer", "int_type");
            return null;
        }
        return Integer.valueOf(text);
    }

    /** Parameters that are sent twice must say the same. */
    private static @Nullable String single(String name, NativeWebRequest request, Violations violations) {
        String[] given = request.getParameterValues(name);
        if (given == null || given.length == 0) {
            return null;
        }
        if (Arrays.stream(given).distinct().count() > 1) {
            violations.add(List.of("query", name), "is given twice, with different values", "conflict");
        }
        return given[0];
    }

    private static boolean flag(String name, NativeWebRequest request, Violations violations) {
        String text = request.getParameter(name);
        if (text == null) {
            return false;
        }
        return switch (text.toLowerCase(Locale.ROOT)) { // Python's clients say True
            case "true" -> true;
            case "false" -> false;
            default -> {
                violations.add(List.of("query", name), "must be true or false", "bool_type");
                yield false;
            }
        };
    }
}
