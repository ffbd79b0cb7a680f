package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Responses that contradict the OpenAPI document are found, and no others. */
class DocumentedAnswersTests {

    private static final JsonNode DOCUMENT = new JsonMapper().readTree("""
            {"paths": {"/v1/things": {"get": {"responses": {
                "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                "204": {"description": "nothing"},
                "404": {"$ref": "#/components/responses/NotFound"}}}}},
             "components": {
                "responses": {"NotFound": {"content": {"application/json": {"schema": {"type": "object", "required": ["error"]}}}}},
                "schemas": {"Thing": {"type": "object", "required": ["id"], "properties": {
                    "id": {"type": "string"},
                    "made": {"type": "string", "format": "date-time"},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}}}}""");

    private static final ApiOperation OPERATION = new ApiOperation(
            "GET", "/v1/things", true, false, Map.of(), List.of(), null, false, JsonNodeFactory.instance.objectNode());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | application/json | {\"id\": \"a\", \"made\": \"2026-01-02T03:04:05Z\", \"parts\": [{\"id\": \"b\"}]}",
                "200 | application/json;charset=UTF-8 | {\"id\": \"a\", \"more\": null}",
                "204 | `` | ``",
                "404 | application/json | {\"error\": {}}"
            })
    void aDocumentedAnswerHasNoComplaints(int status, String type, String body) {
        assertThat(complaints(status, type, body)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | application/json | {} | id",
                "200 | application/json | {\"id\": 1} | string expected",
                "200 | application/json | {\"id\": null} | string expected",
                "200 | application/json | {\"id\": \"a\", \"made\": \"yesterday\"} | date-time",
                "200 | application/json | {\"id\": \"a\", \"parts\": [{}]} | /parts/0",
                "200 | text/html | <p> | content type",
                "200 | `` | `` | content type",
                "204 | application/json | {} | no body",
                "404 | application/json | {} | error",
                "418 | application/json | {} | status 418"
            })
    void anUndocumentedAnswerIsFound(int status, String type, String body, String complaint) {
        assertThat(complaints(status, type, body)).singleElement().asString().contains(complaint);
    }

    private static List<String> complaints(int status, String type, String body) {
        Map<String, List<String>> headers = type.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(type));
        return new DocumentedAnswers(DOCUMENT)
                .complaints(OPERATION, new Answer(status, HttpHeaders.of(headers, (name, value) -> true), body));
    }
}
