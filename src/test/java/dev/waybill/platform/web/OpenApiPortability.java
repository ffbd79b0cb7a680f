package dev.waybill.platform.web;

import dev.waybill.testing.ApiSchemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds in an OpenAPI document what client generators stumble over, and examples that are none. */
public final class OpenApiPortability {

    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "schemas", "patternProperties", "$defs");
    private static final Set<String> VALUES = Set.of("example", "examples", "enum", "default", "const", "required");
    private static final Set<String> OF_SCHEMAS =
            Set.of("type", "$ref", "properties", "items", "enum", "allOf", "anyOf", "oneOf");
    private static final String VERBS =
            "add|aggregate|announce|begin|cancel|check|confirm|create|delete|explain|forget|get"
                    + "|list|patch|pause|reconcile|redeliver|register|renew|replay|resume|retry|revoke|rotate|submit|test|trigger"
                    + "|undo|update";

    private final ApiSchemas schemas;
    private final List<String> complaints = new ArrayList<>();

    private OpenApiPortability(JsonNode document) {
        schemas = new ApiSchemas(document);
    }

    /** One sentence for each finding; empty for a document that the common generators take. */
    public static List<String> complaints(JsonNode document) {
        OpenApiPortability check = new OpenApiPortability(document);
        check.walk("", document, false);
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    check.operation(method + " " + path, operation);
                }));
        return check.complaints;
    }

    private void operation(String name, JsonNode operation) {
        String id = operation.path("operationId").asString("");
        if (!id.matches("(" + VERBS + ")[A-Z][A-Za-z0-9]*")) {
            complaints.add(name + ": operationId '" + id + "' is not a verb of " + VERBS + " and what it acts on");
        }
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.has("$ref")) {
                complaints.add(name + ": " + parameter.path("$ref").asString() + " is not inline");
            }
        }
        if (operation.path("responses").propertyNames().stream().noneMatch(status -> status.startsWith("4"))) {
            complaints.add(name + ": no 4xx");
        }
    }

    private void walk(String pointer, JsonNode node, boolean byName) {
        if (!byName && node.isObject()) {
            if (node.has("enum") && node.has("pattern")) {
                complaints.add(pointer + ": pattern beside enum");
            }
            examples(pointer, node);
        }
        node.forEachEntry((name, part) -> {
            if (byName || !VALUES.contains(name)) {
                walk(pointer + "/" + name, part, !byName && SCHEMAS_BY_NAME.contains(name));
            }
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                walk(pointer + "/" + i, node.get(i), false);
            }
        }
        if (byName) {
            node.forEachEntry((name, property) -> {
                if (property.has("default")) {
                    complaints.add(pointer + "/" + name + ": default, which makes it required in openapi-typescript");
                }
            });
        }
    }

    /** Of a schema, or of what has one: a parameter, a header, a body. */
    private void examples(String pointer, JsonNode node) {
        boolean isSchema = OF_SCHEMAS.stream().anyMatch(node::has);
        if (!isSchema && !node.has("schema")) {
            return;
        }
        JsonNode schema = isSchema ? node : node.path("schema");
        if (node.has("example")) {
            example(pointer, schema, node.get("example"));
        }
        for (Map.Entry<String, JsonNode> named : node.path("examples").properties()) {
            example(
                    pointer + "/examples/" + named.getKey(),
                    schema,
                    named.getValue().path("value"));
        }
        for (JsonNode one : node.path("examples").isArray() ? node.path("examples") : List.<JsonNode>of()) {
            example(pointer, schema, one);
        }
    }

    private void example(String pointer, JsonNode schema, JsonNode example) {
        schemas.complaints(schema, example).forEach(wrong -> complaints.add(pointer + ": example " + wrong));
    }
}
