package dev.waybill.testing;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as a document shows it: it may leave fields out, and a string or line that ends in {@code …} stands for all
 * that begin so. Every field that it shows must be in the real answer, at the same place and with the same value.
 */
final class ShownAnswer {

    private static final String MORE = "…";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ShownAnswer() {}

    /** @param shown a line of JSON, or of text */
    static void assertShows(String shown, String real) {
        if (shown.startsWith("{")) {
            assertThat(real).as("the answer to which is shown: %s", shown).startsWith("{");
            compare("", JSON.readTree(shown), JSON.readTree(real), real);
        } else if (shown.startsWith("\"")) {
            compare("", JSON.readTree(shown), JSON.readTree(real), real);
        } else {
            assertThat(real).isEqualTo(shown);
        }
    }

    private static void compare(String path, JsonNode shown, JsonNode real, String answer) {
        String place = "%s in %s".formatted(path, answer);
        assertThat(real.getNodeType()).as(place).isEqualTo(shown.getNodeType());
        if (shown.isObject()) {
            shown.properties()
                    .forEach(field ->
                            compare(path + "/" + field.getKey(), field.getValue(), real.path(field.getKey()), answer));
        } else if (shown.isArray()) {
            for (int i = 0; i < shown.size(); i++) {
                compare(path + "/" + i, shown.get(i), real.path(i), answer);
            }
        } else if (shown.isString() && shown.asString().endsWith(MORE)) {
            String beginning = shown.asString().substring(0, shown.asString().length() - MORE.length());
            assertThat(real.asString()).as(place).startsWith(beginning).isNotEmpty();
        } else {
            assertThat(real).as(place).isEqualTo(shown);
        }
    }
}
