package dev.waybill.testing;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Checks responses against the service's OpenAPI document. */
public final class DocumentedAnswers {

    private final JsonNode document;
    private final ApiSchemas schemas;

    DocumentedAnswers(JsonNode document) {
        this.document = document;
        this.schemas = new ApiSchemas(document);
    }

    /** As {@code /openapi.json} has them. */
    public static DocumentedAnswers of(WaybillClient client) {
        return new DocumentedAnswers(client.get("/openapi.json").json());
    }

    /** A response's violations of the document, by its status, media type or schema; empty when there are none. */
    public List<String> complaints(ApiOperation operation, Answer answer) {
        JsonNode documented = document.path("paths")
                .path(operation.template())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(answer.status()));
        if (documented.isMissingNode()) {
            return List.of("status " + answer.status() + " is not documented");
        }
        String reference = documented.path("$ref").asString("");
        JsonNode response = reference.isEmpty() ? documented : document.at(reference.substring(1));
        JsonNode content = response.path("content");
        if (content.isEmpty()) {
            return answer.text().isEmpty() ? List.of() : List.of("no body is documented");
        }
        String type = answer.header("Content-Type").replaceFirst(";.*", "");
        if (!content.has(type)) {
            return List.of("content type '" + type + "' is not documented");
        }
        JsonNode schema = content.path(type).path("schema");
        if (!schema.isObject()) {
            return List.of("no schema is documented for " + type);
        }
        return type.equals("application/json") ? schemas.complaints(schema, answer.json()) : List.of();
    }
}
