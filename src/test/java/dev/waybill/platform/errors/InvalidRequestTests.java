package dev.waybill.platform.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvalidRequestTests {

    @Test
    void theMessageNamesTheFieldAlsoOfWhatStandsInAList() {
        assertThat(message("body", "filename")).isEqualTo("filename: is wrong");
        assertThat(message("body", "event_types", 0)).isEqualTo("event_types[0]: is wrong");
        assertThat(message("body", "grid", 1, 2)).isEqualTo("grid[1][2]: is wrong");
        assertThat(message("body")).isEqualTo("body: is wrong");
    }

    private static String message(Object... location) {
        return new InvalidRequest(List.of(new Violation(List.of(location), "is wrong", "value_error"))).getMessage();
    }
}
