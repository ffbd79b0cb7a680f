package dev.waybill.platform.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Finds what an OpenAPI document leaves unsaid. */
public final class OpenApiCompleteness {

    private final JsonNode document;
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> operationIds = new HashSet<>();

    private OpenApiCompleteness(JsonNode document) {
        this.document = document;
    }

    /** One sentence for each gap; empty for a complete document. */
    public static List<String> complaints(JsonNode document) {
        OpenApiCompleteness check = new OpenApiCompleteness(document);
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                check.operation(operation.getKey().toUpperCase() + " " + path.getKey(), operation.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> schema :
                document.path("components").path("schemas").properties()) {
            check.schema("schema " + schema.getKey(), schema.getValue());
        }
        return check.complaints;
    }

    private void operation(String name, JsonNode operation) {
        need(name, operation, "summary");
        need(name, operation, "description");
        need(name, operation, "tags");
        need(name, operation, "operationId");
        if (!operationIds.add(operation.path("operationId").asString())) {
            complaints.add(name + ": its operationId is another's too");
        }
        boolean open = operation.has("security") && operation.path("security").isEmpty();
        if (!open
                && document.path("security").isEmpty()
                && operation.path("security").isEmpty()) {
            complaints.add(name + ": no security");
        }
        for (JsonNode parameter : operation.path("parameters")) {
            JsonNode resolved = resolve(parameter);
            String which = name + ": parameter " + resolved.path("name").asString("?");
            need(which, resolved, "description");
            need(which, resolved, "schema");
        }
        responses(name, operation.path("responses"), open);
    }

    private void responses(String name, JsonNode responses, boolean open) {
        List<String> errors = open ? List.of("500") : List.of("401", "403", "429", "500");
        for (String status : name.contains(" /v1/") ? errors : List.<String>of()) {
            if (!responses.has(status)) {
                complaints.add(name + ": no answer " + status);
            }
        }
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            String which = name + ": answer " + response.getKey();
            JsonNode resolved = resolve(response.getValue());
            need(which, resolved, "description");
            resolved.path("content").forEach(body -> need(which, body, "schema"));
            if (response.getKey().startsWith("4") || response.getKey().startsWith("5")) {
                JsonNode json = resolved.path("content").path("application/json");
                need(which, json, "schema");
                if (json.path("example").isMissingNode()
                        && json.path("examples").isEmpty()) {
                    complaints.add(which + ": no example");
                }
            }
        }
    }

    private void schema(String name, JsonNode schema) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode value = property.getValue();
            String which = name + "." + property.getKey();
            if (!value.has("description") && !resolve(value).has("description")) {
                complaints.add(which + ": no description");
            }
            if (!property.getKey().matches("[A-Z]+|[a-z0-9]+(_[a-z0-9]+)*") && !name.contains("Submission")) {
                complaints.add(which + ": not in snake_case");
            }
        }
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private void need(String name, JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode()
                || (value.isString() && value.asString().isBlank())
                || (value.isArray() && value.isEmpty())) {
            complaints.add(name + ": no " + field);
        }
    }
}
