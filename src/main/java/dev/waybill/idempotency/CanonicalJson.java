package dev.waybill.idempotency;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Canonical form of JSON bodies, for fingerprints: white space, escapes and the order of an object's names make no
 * difference. The order of lists does, and so does how a number is written, as 1.0 is refused where an integer belongs.
 * What is no JSON stays as it is.
 */
@Component
class CanonicalJson {

    private final JsonMapper json;

    CanonicalJson(JsonMapper json) {
        this.json = json.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
    }

    byte[] of(byte[] body) {
        try {
            return json.writeValueAsBytes(sorted(json.readTree(body)));
        } catch (JacksonException noJson) {
            return body;
        }
    }

    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> names = new TreeMap<>();
            node.properties().forEach(entry -> names.put(entry.getKey(), sorted(entry.getValue())));
            return names;
        }
        return node.isArray() ? node.valueStream().map(CanonicalJson::sorted).toList() : node;
    }
}
