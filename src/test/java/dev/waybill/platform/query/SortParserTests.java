package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.errors.InvalidRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SortParserTests {

    private static final Sort NEWEST = Sort.descending("created_at");

    @Test
    void nothingGivesTheDefault() {
        assertThat(parse(null)).isEqualTo(NEWEST);
        assertThat(parse(Map.of())).isEqualTo(NEWEST);
    }

    @Test
    void fieldAndDirectionAreRead() {
        assertThat(parse(Map.of("field", "filename", "direction", "desc"))).isEqualTo(Sort.descending("filename"));
        assertThat(parse(Map.of("field", "filename"))).isEqualTo(new Sort("filename", Sort.Direction.ASC));
        Map<String, Object> unset = new HashMap<>();
        unset.put("field", "filename");
        unset.put("direction", null);
        assertThat(parse(unset)).isEqualTo(new Sort("filename", Sort.Direction.ASC));
    }

    @Test
    void shortFormsAreRead() {
        assertThat(parse(Map.of("filename", -1))).isEqualTo(Sort.descending("filename"));
        assertThat(parse(Map.of("filename", 1))).isEqualTo(new Sort("filename", Sort.Direction.ASC));
        assertThat(parse(Map.of("metadata.x", "DESC"))).isEqualTo(Sort.descending("metadata.x"));
    }

    @Test
    void whatIsWrongIsRefused() {
        for (Map<String, Object> json : List.<Map<String, Object>>of(
                Map.of("field", "nope"),
                Map.of("field", 5),
                Map.of("field", "filename", "direction", "up"),
                Map.of("filename", 2),
                Map.of("filename", true),
                Map.of("metadata.$x", 1),
                Map.of("filename", 1, "status", 1))) {
            assertThatExceptionOfType(InvalidRequest.class)
                    .isThrownBy(() -> parse(json))
                    .satisfies(refusal -> assertThat(
                                    refusal.violations().getFirst().location())
                            .startsWith("body", "sort"));
        }
    }

    private static Sort parse(Map<String, Object> json) {
        return SortParser.parse(json, FilterParserTests.FIELDS, NEWEST);
    }
}
