package dev.waybill.testing;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schemas of an OpenAPI 3.1 document, which are JSON Schema 2020-12, as a validator of values. */
public final class ApiSchemas {

    private static final String COMPONENTS = "#/components/schemas/";
    private static final String OWN = "#/$defs/";
    private static final Set<String> PROSE = Set.of("description", "example", "examples", "discriminator");

    /** Preloading would write out every reference wherever it stands. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().preloadSchema(false).build()));

    private final JsonNode document;
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    public ApiSchemas(JsonNode document) {
        this.document = document;
    }

    /**
     * A value's violations of a schema, formats included; empty when it is valid.
     *
     * @param schema one of the document's; may refer to its components
     */
    public List<String> complaints(JsonNode schema, JsonNode value) {
        return schemas
                .computeIfAbsent(schema, this::read)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    /** By itself, with those of the components that it needs. */
    private Schema read(JsonNode schema) {
        Deque<String> needed = new ArrayDeque<>();
        ObjectNode whole = (ObjectNode) copy(schema, needed, false);
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        while (!needed.isEmpty()) {
            String name = needed.pop();
            if (!definitions.has(name)) {
                definitions.set(
                        name, copy(document.path("components").path("schemas").path(name), needed, false));
            }
        }
        return REGISTRY.getSchema(whole.set("$defs", definitions));
    }

    private static JsonNode copy(JsonNode node, Deque<String> needed, boolean byName) {
        if (node.isArray()) {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(node.valueStream()
                            .map(part -> copy(part, needed, false))
                            .toList());
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        node.forEachEntry((name, part) -> {
            if (!byName && name.equals("$ref")) {
                String target = part.asString().replace(COMPONENTS, "");
                needed.add(target);
                copy.put(name, OWN + target);
            } else if (byName || !PROSE.contains(name)) {
                copy.set(name, copy(part, needed, !byName && name.equals("properties")));
            }
        });
        return copy;
    }
}
