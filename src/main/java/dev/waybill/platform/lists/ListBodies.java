package dev.waybill.platform.lists;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.WirePaths;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Fills the body of a list from the query string, so that a filter counts wherever a client puts it, and that lists by
 * GET take the same. A field that only a body can hold is refused in a query string; names that no field has are left
 * alone, as caches and trackers add their own. It comes behind the advice that checks the body alone.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ListBodies extends RequestBodyAdviceAdapter {

    private static final String FILLED = ListBodies.class.getName() + ".filled";

    private final HttpServletRequest request;

    /** @param request the one that is being answered, whichever that is */
    ListBodies(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return PagedBody.class.isAssignableFrom(parameter.getParameterType());
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        Object filled = filled(body, parameter);
        return filled == null ? body : filled;
    }

    @Override
    public @Nullable Object handleEmptyBody(
            @Nullable Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return filled(body, parameter);
    }

    /** Whether a field of the body that is validated came from the query string. */
    public static boolean isFromQuery(Object field) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null
                && request.getAttribute(FILLED, RequestAttributes.SCOPE_REQUEST) instanceof Set<?> filled
                && filled.contains(field);
    }

    /** The body with what the query string says; what there was when that says nothing. */
    private @Nullable Object filled(@Nullable Object body, MethodParameter parameter) {
        Class<? extends PagedBody> type = parameter.getParameterType().asSubclass(PagedBody.class);
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        Violations violations = new Violations();
        Set<String> filled = new HashSet<>();
        for (int i = 0; i < components.length; i++) {
            Object inBody = body == null ? null : WirePaths.call(components[i].getAccessor(), body);
            if (components[i].getType() == Paging.class) {
                values[i] = inBody;
                continue;
            }
            ListField field = ListField.of(type, components[i]);
            Object inQuery = inQuery(field, violations);
            if (inQuery != null) {
                filled.add(field.name());
            }
            values[i] = inQuery == null ? inBody : both(field, inQuery, inBody);
        }
        violations.refuse();
        request.setAttribute(FILLED, filled);
        return !filled.isEmpty() ? made(type, components, values) : body;
    }

    private static Object both(ListField field, Object inQuery, @Nullable Object inBody) {
        if (inBody == null || inBody.equals(inQuery)) {
            return inQuery;
        }
        if (field.isOffByDefault()) {
            return true;
        }
        throw Contradiction.between(
                "%s=%s".formatted(field.name(), inQuery),
                "%s=%s".formatted(field.name(), inBody),
                "Both give '%s'".formatted(field.name()));
    }

    private @Nullable Object inQuery(ListField field, Violations violations) {
        List<Object> at = List.of("query", field.name());
        if (!field.isSimple()) {
            if (request.getParameterMap().keySet().stream().anyMatch(name -> isOf(field, name))) {
                violations.add(at, "stands in the body only: send it to POST " + postForm(), "not_in_query");
            }
            return null;
        }
        Set<String> values = values(field);
        if (values.isEmpty()) {
            return null;
        }
        if (field.type() == List.class) {
            return List.copyOf(values);
        }
        Set<@Nullable Object> read = new LinkedHashSet<>();
        values.forEach(text -> read.add(read(field, text, at, violations)));
        if (read.size() > 1 && !field.isOffByDefault()) {
            violations.add(at, "is given twice, with different values", "conflict");
        }
        return field.isOffByDefault() ? read.contains(true) : read.iterator().next();
    }

    /** What the parameter says under all of its names; an empty one says nothing. Lists may have commas. */
    private Set<String> values(ListField field) {
        Set<String> found = new LinkedHashSet<>();
        for (String name : field.names()) {
            String[] values = request.getParameterValues(name);
            for (String value : values == null ? new String[0] : values) {
                found.addAll(field.type() == List.class ? Arrays.asList(value.split(",")) : List.of(value));
            }
        }
        found.removeIf(String::isEmpty);
        return found;
    }

    private static @Nullable Object read(ListField field, String text, List<Object> at, Violations violations) {
        Class<?> type = field.type();
        if (type == Boolean.class) {
            return ListParametersResolver.flag(text, at, violations);
        }
        if (type == Integer.class) {
            return ListParametersResolver.integer(text, at, violations);
        }
        List<String> allowed = field.allowed();
        if (allowed == null) {
            return text;
        }
        int index = allowed.indexOf(text);
        if (index < 0) {
            violations.add(at, "must be one of: " + String.join(", ", allowed), "enum");
            return null;
        }
        return type.getEnumConstants()[index];
    }

    /** Also {@code filters[status]} and {@code filters.status}. */
    private static boolean isOf(ListField field, String name) {
        return field.names().stream()
                .anyMatch(own -> name.equals(own) || name.startsWith(own + "[") || name.startsWith(own + "."));
    }

    private String postForm() {
        String path = request.getRequestURI();
        return request.getMethod().equals("GET") ? path.replaceFirst("/*$", "") + "/list" : path;
    }

    private static Object made(Class<?> type, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return BeanUtils.instantiateClass(type.getDeclaredConstructor(types), values);
        } catch (NoSuchMethodException none) {
            throw new IllegalStateException(none);
        }
    }
}
