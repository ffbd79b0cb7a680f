package dev.waybill.platform.lists;

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

/** Reads the paging of a list from the query string; everything that is wrong with it is reported at once. */
public final class ListParametersResolver implements HandlerMethodArgumentResolver {

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
                offset(request, violations),
                integer("page", request, violations),
                single("cursor", request, violations),
                flag("include_total", request, violations));
        paging.check("query", ListQuery.MAX_LIMIT, violations);
        violations.refuse();
        return new ListParameters(paging);
    }

    /** Lists of users began with {@code skip}. */
    private static @Nullable Integer offset(NativeWebRequest request, Violations violations) {
        Integer offset = integer("offset", request, violations);
        Integer skip = integer("skip", request, violations);
        if (offset != null && skip != null && !offset.equals(skip)) {
            violations.add(
                    List.of("query", "skip"),
                    "is another number than offset, which means the same; send one",
                    "conflict");
        }
        return offset == null ? skip : offset;
    }

    private static @Nullable Integer integer(String name, NativeWebRequest request, Violations violations) {
        String text = single(name, request, violations);
        return text == null ? null : integer(text, List.of("query", name), violations);
    }

    /** Null when it is none, which is noted. */
    static @Nullable Integer integer(String text, List<Object> at, Violations violations) {
        if (!text.matches("[+-]?[0-9]{1,9}")) {
            violations.add(at, "must be an integer", "int_type");
            return null;
        }
        return Integer.valueOf(text);
    }

    /** Parameters that are sent twice must say the same. */
    private static @Nullable String single(String name, NativeWebRequest request, Violations violations) {
        String[] values = request.getParameterValues(name);
        if (values == null || values.length == 0) {
            return null;
        }
        if (Arrays.stream(values).distinct().count() > 1) {
            violations.add(List.of("query", name), "is given twice, with different values", "conflict");
        }
        return values[0];
    }

    private static @Nullable Boolean flag(String name, NativeWebRequest request, Violations violations) {
        String text = single(name, request, violations);
        return text == null ? null : flag(text, List.of("query", name), violations);
    }

    /** Python's clients say {@code True}. Null when it is neither, which is noted. */
    static @Nullable Boolean flag(String text, List<Object> at, Violations violations) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                violations.add(at, "must be true or false", "bool_type");
                yield null;
            }
        };
    }
}
