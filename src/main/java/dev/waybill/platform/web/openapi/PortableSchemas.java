package dev.waybill.platform.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes out of every schema what the common client generators cannot bear. Runs last, over all documents.
 *
 * <ul>
 *   <li>{@code pattern} beside {@code enum}: orval writes {@code zod.enum(...).regex(...)}, which does not exist.
 *   <li>{@code default} at a property: openapi-typescript makes such a property required, in requests too
 *       (its option {@code defaultNonNullable}). The description says the value instead. Parameters keep theirs.
 *   <li>An {@code example} of a text that is itself JSON: swagger-core reads it, and shows what it read.
 * </ul>
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
@SuppressWarnings("rawtypes") // swagger-core's own signatures
class PortableSchemas implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI document) {
        if (document.getComponents() != null && document.getComponents().getSchemas() != null) {
            document.getComponents().getSchemas().values().forEach(PortableSchemas::mend);
        }
        if (document.getPaths() != null) {
            document.getPaths().values().stream()
                    .map(PathItem::readOperations)
                    .flatMap(List::stream)
                    .flatMap(PortableSchemas::schemas)
                    .forEach(PortableSchemas::mend);
        }
    }

    private static Stream<Schema> schemas(Operation operation) {
        Stream<Schema> parameters = stream(operation.getParameters()).map(Parameter::getSchema);
        Stream<Schema> body = operation.getRequestBody() == null
                ? Stream.empty()
                : schemas(operation.getRequestBody().getContent());
        Stream<Schema> answers = operation.getResponses() == null
                ? Stream.empty()
                : operation.getResponses().values().stream()
                        .map(ApiResponse::getContent)
                        .flatMap(PortableSchemas::schemas);
        return Stream.of(parameters, body, answers).flatMap(each -> each).filter(Objects::nonNull);
    }

    private static Stream<Schema> schemas(@Nullable Content content) {
        return content == null ? Stream.empty() : content.values().stream().map(type -> (Schema) type.getSchema());
    }

    private static void mend(Schema<?> schema) {
        if (schema.getEnum() != null) {
            schema.setPattern(null);
        }
        if (isText(schema) && schema.getExample() != null) {
            schema.setExample(String.valueOf(schema.getExample()));
        }
        Map<String, Schema> properties = schema.getProperties() == null ? Map.of() : schema.getProperties();
        properties.values().forEach(PortableSchemas::describeDefault);
        parts(schema).forEach(PortableSchemas::mend);
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        Stream<? extends Schema> single = Stream.of(
                        schema.getItems(),
                        schema.getNot(),
                        schema.getAdditionalProperties() instanceof Schema<?> values ? values : null)
                .filter(Objects::nonNull);
        Stream<? extends Schema> many = Stream.of(schema.getAllOf(), schema.getAnyOf(), schema.getOneOf())
                .flatMap(PortableSchemas::stream);
        Stream<? extends Schema> properties = stream(
                schema.getProperties() == null ? null : schema.getProperties().values());
        return Stream.of(single, many, properties).flatMap(each -> each).map(part -> (Schema<?>) part);
    }

    private static boolean isText(Schema<?> schema) {
        return "string".equals(schema.getType()) || Set.of("string").equals(schema.getTypes());
    }

    private static void describeDefault(Schema<?> property) {
        Object value = property.getDefault();
        if (value != null) {
            String text = property.getDescription() == null ? "" : property.getDescription() + " ";
            property.setDescription(text + "Default: `%s`.".formatted(value));
            property.setDefault(null);
            property.setDefaultSetFlag(false);
        }
    }

    private static <T> Stream<T> stream(@Nullable Collection<T> of) {
        return of == null ? Stream.empty() : of.stream();
    }
}
