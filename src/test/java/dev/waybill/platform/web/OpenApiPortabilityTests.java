package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The check finds what it is there for. */
class OpenApiPortabilityTests {

    private static final String DOCUMENT = """
            {"paths": {"/things": {"get": {
                "operationId": "listThings",
                "parameters": [{"name": "limit", "schema": {"type": "integer", "default": 10}, "example": 20}],
                "responses": {"200": {}, "400": {}}}}},
             "components": {"schemas": {
                "Thing": {"type": "object", "required": ["kind"], "example": {"kind": "plain"}, "properties": {
                    "kind": {"type": "string", "enum": ["plain"]},
                    "default": {"type": "string", "format": "date-time", "example": "2026-01-02T03:04:05Z"},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}}}}""";

    @Test
    void aDocumentWithoutFaultsHasNone() {
        assertThat(OpenApiPortability.complaints(new JsonMapper().readTree(DOCUMENT)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "listThings | thingsList | is not a verb",
                "listThings | list_things | is not a verb",
                "{\"name\": \"limit\", \"schema\": {\"type\": \"integer\", \"default\": 10}, \"example\": 20}"
                        + " | {\"$ref\": \"#/components/parameters/Limit\"} | is not inline",
                "\"example\": 20 | \"example\": \"20\" | integer expected",
                "\"enum\": [\"plain\"] | \"enum\": [\"plain\"], \"pattern\": \"p.*\" | pattern beside enum",
                "\"enum\": [\"plain\"] | \"enum\": [\"plain\"], \"default\": \"plain\" | makes it required",
                "{\"kind\": \"plain\"} | {\"kind\": \"fancy\"} | /kind",
                "{\"kind\": \"plain\"} | {\"kind\": \"plain\", \"parts\": [{}]} | /parts/0",
                "2026-01-02T03:04:05Z | yesterday | date-time",
                "\"400\": {} | \"500\": {} | no 4xx"
            })
    void eachFaultIsFound(String right, String wrong, String complaint) {
        assertThat(DOCUMENT).contains(right);
        assertThat(OpenApiPortability.complaints(new JsonMapper().readTree(DOCUMENT.replace(right, wrong))))
                .singleElement()
                .asString()
                .contains(complaint);
    }
}
