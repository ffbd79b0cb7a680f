package dev.waybill.platform.web.openapi;

import dev.waybill.platform.lists.ListField;
import dev.waybill.platform.lists.PagedBody;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** What a list by GET takes in its query string: the simple fields of the body that the same list by POST has. */
final class ListFieldParameters {

    private ListFieldParameters() {}

    /** None for other operations. Lists by POST take these too, but say it of their bodies only. */
    static List<Parameter> of(HandlerMethod method) {
        if (!method.hasMethodAnnotation(GetMapping.class)) {
            return List.of();
        }
        return Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .filter(PagedBody.class::isAssignableFrom)
                .flatMap(type -> ListField.of(type.asSubclass(PagedBody.class)).stream())
                .filter(ListField::isSimple)
                .map(ListFieldParameters::parameter)
                .toList();
    }

    private static Parameter parameter(ListField field) {
        return new QueryParameter()
                .name(field.name())
                .schema(schema(field))
                .description(field.description().isEmpty() ? null : field.description());
    }

    private static Schema<?> schema(ListField field) {
        if (field.type() == Boolean.class) {
            return new BooleanSchema();
        }
        if (field.type() == Integer.class) {
            return new IntegerSchema();
        }
        if (field.type() == List.class) {
            return new ArraySchema().items(new StringSchema());
        }
        StringSchema text = new StringSchema();
        List<String> allowed = field.allowed();
        if (allowed != null) {
            allowed.forEach(text::addEnumItem);
        }
        return text;
    }
}
