package dev.waybill.platform.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvalidRequestTests {

    @Test
    void theMessageNamesTheFieldAlsoOfWhatStandsInAList() {
        assertThat(message("body", "filename")).isEqualTo("filename: is wrong");
        assertThat(message("body", "event_types", 0)).isEqualTo("event_types[0]: is wrong");
        assertThat(message("body", "grid", 1, 2)).isEqualTo("grid[1][2]: is wrong");
        assertThat(message("body")).isEqualTo("body: is wrong");
    }

    @Test
    void theMessageNamesSeveralFieldsAndCountsTheRest() {
        assertThat(message(2)).isEqualTo("f0: is wrong; f1: is wrong");
        assertThat(message(5)).endsWith("f4: is wrong");
        assertThat(message(7)).endsWith("f4: is wrong; and 2 more in validation_errors");
    }

    private static String message(int violations) {
        return new InvalidRequest(IntStream.range(0, violations)
                        .mapToObj(i -> Violation.body("f" + i, "is wrong", "value_error"))
                        .toList())
                .getMessage();
    }

    private static String message(Object... location) {
        return new InvalidRequest(List.of(new Violation(List.of(location), "is wrong", "value_error"))).getMessage();
    }
}
