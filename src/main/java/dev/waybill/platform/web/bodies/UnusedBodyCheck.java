package dev.waybill.platform.web.bodies;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.Violations;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses bodies that would be lost in silence: what they hold is nothing that the operation acts on. Unknown fields
 * beside known ones are left alone, as clients know more fields than Waybill; so are fields that are null, and an empty
 * body where a body is optional.
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 1)
final class UnusedBodyCheck extends RequestBodyAdviceAdapter {

    private static final int MAX_NAMES = 10;

    private final JsonMapper json;
    private final Map<Class<?>, BodyFields> known = new ConcurrentHashMap<>();

    UnusedBodyCheck(JsonMapper json) {
        this.json = json;
    }

    /** What a body must hold that creates something is said field by field, by those who read it. */
    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return parameter.getParameterType().isRecord() && (isOptional(parameter) || isChange(parameter));
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        return CachedBodyMessage.of(message);
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        BodyFields fields = known.computeIfAbsent(parameter.getParameterType(), BodyFields::of);
        if (body != null
                && message instanceof CachedBodyMessage cached
                && parameter.hasMethodAnnotation(PatchMapping.class)) {
            refuseNulls(cached.bytes(), fields);
        }
        // JSON may be null as a whole, whatever the signature says.
        if (body != null && message instanceof CachedBodyMessage cached && fields.areAbsentIn(body)) {
            Set<String> names = fields(cached.bytes()).keySet();
            boolean isEmpty = names.isEmpty() && isOptional(parameter);
            if (!isEmpty && names.stream().noneMatch(fields::have)) {
                throw refusal(names, fields);
            }
        }
        return body;
    }

    /** In a partial update, null clears what can be empty; what cannot is named. */
    private void refuseNulls(byte[] body, BodyFields fields) {
        Violations violations = new Violations();
        fields(body).forEach((name, isNull) -> {
            if (isNull && fields.mustNotBeNull(name)) {
                violations.add(
                        List.of("body", name),
                        "must not be null; leave it out to keep it as it is",
                        "null_not_allowed");
            }
        });
        violations.refuse();
    }

    private static InvalidRequest refusal(Set<String> names, BodyFields fields) {
        String what = names.isEmpty()
                ? "holds nothing"
                : "holds only %s"
                        .formatted(String.join(
                                ", ", names.stream().limit(MAX_NAMES).toList()));
        return new InvalidRequest(List.of(new Violation(
                List.of("body"),
                "%s, and this operation acts on: %s".formatted(what, String.join(", ", fields.names())),
                "missing")));
    }

    private static boolean isOptional(MethodParameter parameter) {
        RequestBody body = parameter.getParameterAnnotation(RequestBody.class);
        return body != null && !body.required();
    }

    private static boolean isChange(MethodParameter parameter) {
        return parameter.hasMethodAnnotation(PatchMapping.class) || parameter.hasMethodAnnotation(PutMapping.class);
    }

    /** Names, and whether they are null. */
    private Map<String, Boolean> fields(byte[] body) {
        Map<String, Boolean> fields = new LinkedHashMap<>();
        try (JsonParser parser = json.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    fields.put(name, parser.nextToken() == JsonToken.VALUE_NULL);
                    parser.skipChildren();
                }
            }
        }
        return fields;
    }
}
