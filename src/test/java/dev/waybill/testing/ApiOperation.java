package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the API, read from the running service's OpenAPI document. Tests that iterate over all of them cover
 * every new endpoint.
 *
 * @param template the path with its parameters in braces
 * @param needsKey whether it requires an API key
 * @param inNamespace whether a request may name a namespace
 * @param query the schemas of its query parameters by name
 * @param requiredQuery the names of the required ones
 * @param bodySchema null when it takes no body
 * @param components the document's shared schemas, which others reference
 */
public record ApiOperation(
        String method,
        String template,
        boolean needsKey,
        boolean inNamespace,
        Map<String, JsonNode> query,
        List<String> requiredQuery,
        @Nullable JsonNode bodySchema,
        boolean bodyRequired,
        JsonNode components) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    /** All operations, read from {@code /openapi.json}. */
    public static List<ApiOperation> all(WaybillClient client) {
        JsonNode document = client.get("/openapi.json").json();
        List<ApiOperation> operations = new ArrayList<>();
        document.path("paths")
                .forEachEntry((template, methods) -> methods.forEachEntry((method, operation) -> {
                    if (template.startsWith("/v1/")) {
                        operations.add(of(method.toUpperCase(java.util.Locale.ROOT), template, operation, document));
                    }
                }));
        assertThat(operations).hasSizeGreaterThan(30);
        return operations;
    }

    private static ApiOperation of(String method, String template, JsonNode operation, JsonNode document) {
        boolean inNamespace = false;
        Map<String, JsonNode> query = new LinkedHashMap<>();
        List<String> requiredQuery = new ArrayList<>();
        for (JsonNode declared : operation.path("parameters")) {
            JsonNode parameter = resolved(declared, document);
            String name = parameter.path("name").asString();
            inNamespace |= name.equals("X-Namespace");
            if (parameter.path("in").asString().equals("query")) {
                query.put(name, parameter.path("schema"));
                if (parameter.path("required").asBoolean(false)) {
                    requiredQuery.add(name);
                }
            }
        }
        JsonNode body = operation.path("requestBody");
        JsonNode schema = body.path("content").path("application/json").path("schema");
        boolean isPublic =
                operation.has("security") && operation.path("security").isEmpty();
        return new ApiOperation(
                method,
                template,
                !isPublic,
                inNamespace,
                query,
                requiredQuery,
                body.isMissingNode() ? null : schema,
                body.path("required").asBoolean(false),
                document.path("components"));
    }

    public List<String> pathParameters() {
        List<String> names = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(template);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The path with its parameters filled in, percent-encoded; fails when one is left open. */
    public String path(Map<String, String> values) {
        assertThat(values.keySet())
                .as("the test has no value for a path parameter of %s; add one", this)
                .containsAll(pathParameters());
        return PARAMETER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(encoded(values.get(found.group(1)))));
    }

    /** The path as {@link #path} makes it, with the query parameters that the operation requires. */
    public String target(Map<String, String> values) {
        return path(values)
                + requiredQuery.stream()
                        .map(name -> name + "=sample")
                        .collect(Collectors.joining("&", requiredQuery.isEmpty() ? "" : "?", ""));
    }

    /** Whether a path is one of this template. */
    public boolean covers(String path) {
        return path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"));
    }

    /** Whether it changes nothing: a GET, or one of the queries that are sent by POST. */
    public boolean reads() {
        return method.equals("GET")
                || template.endsWith("/list")
                || template.endsWith("/aggregate")
                || template.endsWith("/dlq");
    }

    /** Whether it requires permission to administer an organization. */
    public boolean administers() {
        return template.startsWith("/v1/organizations/users")
                || template.startsWith("/v1/organizations/agents")
                || template.startsWith("/v1/organizations/projects")
                || template.startsWith("/v1/organizations/storage")
                || changesConnections()
                || isTheOperators();
    }

    /** Whether it requires the operator's key. */
    public boolean isTheOperators() {
        return template.equals("/v1/organizations") && method.equals("POST");
    }

    /** Testing a stored one takes the permission to write, deleting it the one to delete. */
    private boolean changesConnections() {
        String connections = "/v1/organizations/connections";
        return (template.equals(connections) && method.equals("POST"))
                || template.equals(connections + "/test")
                || (template.startsWith(connections) && method.equals("PATCH"));
    }

    /**
     * A body that is valid by its schema: with all required fields, and with these ids by the names of their fields.
     * Null when it takes none.
     */
    public @Nullable Object body(Map<String, String> ids) {
        return bodySchema == null ? null : sample(bodySchema, ids);
    }

    /** The names of the body's top-level fields. */
    public List<String> bodyFields() {
        return bodySchema == null
                ? List.of()
                : List.copyOf(schema(bodySchema).path("properties").propertyNames());
    }

    @Override
    public String toString() {
        return method + " " + template;
    }

    private JsonNode schema(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : components.at(reference.substring("#/components".length()));
    }

    private @Nullable Object sample(JsonNode node, Map<String, String> ids) {
        JsonNode schema = schema(node);
        JsonNode example = schema.path("example");
        if ((example.isObject() && ids.isEmpty()) || (schema.has("example") && !schema.has("properties"))) {
            return example;
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        return switch (schema.path("type").asString("")) {
            case "object" -> object(schema, ids);
            case "array" -> List.of(sample(schema.path("items"), ids));
            case "integer", "number" -> Math.max(1, schema.path("minimum").asInt(1));
            case "boolean" -> false;
            default -> "sample";
        };
    }

    private Map<String, Object> object(JsonNode schema, Map<String, String> ids) {
        Map<String, Object> object = new LinkedHashMap<>();
        schema.path("properties").forEachEntry((name, property) -> {
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(one -> one.asString().equals(name));
            if (ids.containsKey(name)) {
                object.put(name, ids.get(name));
            } else if (required) {
                object.put(name, sample(property, ids));
            }
        });
        return object;
    }

    private static JsonNode resolved(JsonNode node, JsonNode document) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
