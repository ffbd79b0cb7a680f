package dev.waybill.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FreeJsonTests {

    private final JsonMapper json = new JsonMapper();

    @Test
    void takesWhatJsonCanSay() {
        assertThat(problem("{\"a.b\": [1, 2.5, null, true, {\"c\": \"d\"}], \"\": {}, \"price$\": 9007199254740993}"))
                .isEmpty();
        assertThat(FreeJson.violation(List.of("body", "metadata"), null)).isEmpty();
    }

    @Test
    void refusesKeysThatCannotBeStored() {
        assertThat(problem("{\"a\": [{\"$set\": 1}]}"))
                .hasValueSatisfying(message -> assertThat(message).contains("'$'"));
        assertThat(problem("{\"a\\u0000b\": 1}")).isPresent();
    }

    @Test
    void refusesNumbersThatWouldLoseDigits() {
        assertThat(problem("{\"a\": 92233720368547758070}"))
                .hasValueSatisfying(message ->
                        assertThat(message).contains("92233720368547758070").contains("64 bits"));
        assertThat(problem("{\"a\": 1e999}")).isPresent();
    }

    @Test
    void refusesMoreThanItsBounds() {
        assertThat(problem("{\"a\": \"" + "x".repeat(FreeJson.MAX_BYTES) + "\"}"))
                .hasValue("holds more than 64 KiB");
        assertThat(problem("{\"a\": \"" + "é".repeat(FreeJson.MAX_BYTES / 2) + "\"}"))
                .isPresent();
        assertThat(problem("{\"a\": \"" + "x".repeat(FreeJson.MAX_BYTES - 10) + "\"}"))
                .isEmpty();
        assertThat(problem("[".repeat(20) + "]".repeat(20))).isEmpty();
        assertThat(problem("[".repeat(21) + "]".repeat(21))).hasValue("is nested deeper than 20 levels");
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            many.add("");
        }
        assertThat(FreeJson.violation(List.of("body", "metadata"), many)).isEmpty();
    }

    @Test
    void namesTheField() {
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> FreeJson.check("metadata", Map.of("$a", 1)))
                .satisfies(failure ->
                        assertThat(failure.violations().getFirst().location()).containsExactly("body", "metadata"));
    }

    private Optional<String> problem(String text) {
        return FreeJson.violation(List.of("body", "metadata"), json.readValue(text, Object.class))
                .map(Violation::message);
    }

    @Test
    void keysOfMetadataAreStepsOfPaths() {
        for (String key : List.of("", "a.b", ".", ".a", "a.")) {
            assertThat(FreeJson.metadataViolation(List.of("body"), Map.of("deep", List.of(Map.of(key, 1)))))
                    .as(key)
                    .isPresent();
            assertThat(FreeJson.violation(List.of("body"), Map.of(key, 1)))
                    .as(key)
                    .isEmpty();
        }
    }

    @Test
    void halvesOfLettersAreRefused() {
        assertThat(FreeJson.violation(List.of("body"), Map.of("a", "x\ud83d"))).isPresent();
        assertThat(FreeJson.violation(List.of("body"), Map.of("\ude00", 1))).isPresent();
        assertThat(FreeJson.violation(List.of("body"), Map.of("a", "\ud83d\ude00")))
                .isEmpty();
    }

    @Test
    void pathsOfMetadataAreBounded() {
        String half = "k".repeat(100);
        assertThat(FreeJson.metadataViolation(List.of("body", "metadata"), Map.of("k".repeat(200), 1)))
                .isEmpty();
        assertThat(FreeJson.metadataViolation(
                        List.of("body"), Map.of(half, Map.of("k".repeat(99), 1), "k".repeat(150), 2)))
                .isEmpty();
        assertThat(FreeJson.metadataViolation(List.of("body", "metadata"), Map.of("k".repeat(201), 1))
                        .map(Violation::message))
                .hasValueSatisfying(
                        message -> assertThat(message).contains("'kkkk").contains("200 characters"));
        assertThat(FreeJson.metadataViolation(List.of("body"), Map.of(half, List.of(Map.of(half, 1)))))
                .isPresent();
        assertThat(FreeJson.violation(List.of("body"), Map.of("k".repeat(201), 1)))
                .isEmpty();
    }
}
