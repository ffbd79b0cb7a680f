package dev.waybill.testing;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A response to an HTTP request.
 *
 * @param text the body as it was received
 */
public record Answer(int status, HttpHeaders headers, String text) {

    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** The body as JSON; a missing node when it is empty or something else. */
    public JsonNode json() {
        String type = headers.firstValue("Content-Type").orElse("");
        return text.isEmpty() || !type.contains("json") ? MissingNode.getInstance() : JSON.readTree(text);
    }

    /** A value within the body by its JSON pointer, as text: {@code answer.at("/error/type")}. */
    public String at(String pointer) {
        return json().at(pointer).asString("");
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
