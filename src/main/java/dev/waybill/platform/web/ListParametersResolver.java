package dev.waybill.platform.web;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.query.ListQuery;
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
        Integer limit = integer("limit", 1, ListQuery.MAX_LIMIT, request, violations);
        Integer offset = integer("offset", 0, ListQuery.MAX_OFFSET, request, violations);
        boolean includeTotal = flag("include_total", request, violations);
        violations.refuse();
        String cursor = request.getParameter("cursor");
        return new ListParameters(limit, offset, cursor == null || cursor.isEmpty() ? null : cursor, includeTotal);
    }

    private static @Nullable Integer integer(
            String name, int min, int max, NativeWebRequest request, Violations violations) {
        String text = request.getParameter(name);
        if (text == null) {
            return null;
        }
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            violations.add(List.of("query", name), "must be an integer from %d to %d".formatted(min, max), "int_type");
            return null;
        }
        int value = Integer.parseInt(text);
        if (value < min) {
            violations.add(List.of("query", name), "must be at least " + min, "greater_than_equal");
        } else if (value > max) {
            violations.add(List.of("query", name), "must be at most " + max, "less_than_equal");
        }
        return value;
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
