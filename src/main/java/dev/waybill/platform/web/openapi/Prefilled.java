package dev.waybill.platform.web.openapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Has the page /docs fill in what a request needs and nothing else. It fills in each {@code example} of a parameter and
 * the first of a body's {@code examples}: what would be in the way moves to where it is shown only.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class Prefilled implements GlobalOpenApiCustomizer {

    /** Optional in general, needed by almost everybody. */
    private static final String NAMESPACE = "X-Namespace";

    private static final String JSON = "application/json";

    @Override
    public void customise(OpenAPI document) {
        document.getPaths()
                .values()
                .forEach(path -> path.readOperationsMap().forEach((method, operation) -> {
                    if (operation.getParameters() != null) {
                        operation.getParameters().stream()
                                .filter(parameter -> !isFilledIn(parameter))
                                .forEach(Prefilled::onlyShow);
                    }
                    body(document, method, operation);
                }));
    }

    /** Ids are made by the service: nobody has the example's. Names are those that the other examples create. */
    private static boolean isFilledIn(Parameter parameter) {
        boolean isId =
                parameter.getName().endsWith("_id") || parameter.getName().equals("object_identifier");
        return parameter.getName().equals(NAMESPACE) || Boolean.TRUE.equals(parameter.getRequired()) && !isId;
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // swagger-core's own signature
    private static void onlyShow(Parameter parameter) {
        Schema schema = parameter.getSchema();
        Object example = parameter.getExample() == null ? schema.getExample() : parameter.getExample();
        if (example == null) {
            return;
        }
        parameter.setExample(null);
        schema.setExample(null);
        schema.setExampleSetFlag(false);
        schema.setExamples(List.of(example));
    }

    private static void body(OpenAPI document, PathItem.HttpMethod method, Operation operation) {
        RequestBody body = operation.getRequestBody();
        MediaType json = body == null || body.getContent() == null
                ? null
                : body.getContent().get(JSON);
        if (body == null || json == null || json.getExample() != null || json.getExamples() != null) {
            return;
        }
        Schema<?> schema = resolved(document, json.getSchema());
        boolean creates = operation.getOperationId().startsWith("create");
        boolean needed = Boolean.TRUE.equals(body.getRequired()) || creates;
        // Annotations' examples come as trees of the document's own library.
        JsonNode whole = schema.getExample() instanceof JsonNode tree ? tree : JsonNodeFactory.instance.objectNode();
        JsonNode least = needed ? least(whole, schema, method) : JsonNodeFactory.instance.objectNode();
        if (least.equals(whole)) {
            json.setExample(least);
            return;
        }
        Map<String, Example> examples = new LinkedHashMap<>();
        // In the order of their names, as all that the document names.
        examples.put("least", new Example().summary("What is needed").value(least));
        examples.put("more", new Example().summary("With more").value(whole));
        json.setExamples(examples);
    }

    /** A change needs something that changes: the first field. */
    private static JsonNode least(JsonNode whole, Schema<?> schema, PathItem.HttpMethod method) {
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        boolean first = required.isEmpty() && method == PathItem.HttpMethod.PATCH;
        ObjectNode least = JsonNodeFactory.instance.objectNode();
        whole.properties().forEach(field -> {
            if (required.contains(field.getKey()) || first && least.isEmpty()) {
                least.set(field.getKey(), field.getValue());
            }
        });
        return least.isEmpty() ? whole : least;
    }

    private static Schema<?> resolved(OpenAPI document, Schema<?> schema) {
        String reference = schema.get$ref();
        if (reference == null) {
            return schema;
        }
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return requireNonNull(document.getComponents().getSchemas().get(name), name);
    }
}
