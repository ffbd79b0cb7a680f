package dev.waybill.platform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.query.Filter.And;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.Filter.Not;
import dev.waybill.platform.query.Filter.Or;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class FilterParserTests {

    static final Fields FIELDS = Fields.builder()
            .token("status", "upload_id")
            .text("filename")
            .number("file_size_bytes")
            .instant("created_at")
            .bool("is_duplicate")
            .any("metadata.*")
            .build();

    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void aRequestMaySayForAllOfAFilterWhetherCaseMatters() {
        Fields fields = Fields.builder().text("filename").build();

        assertThat(FilterParser.parse(Map.of("filename", "a"), fields, true))
                .isEqualTo(new Condition("filename", Operator.EQ, "a", true));
        assertThat(FilterParser.parse(Map.of("filename", "a", "case_sensitive", false), fields, true))
                .isEqualTo(new Condition("filename", Operator.EQ, "a", false));
    }

    @Test
    void nothingMatchesEverything() {
        assertThat(FilterParser.parse(null, FIELDS)).isEqualTo(Filter.ALL);
        assertThat(FilterParser.parse(Map.of(), FIELDS)).isEqualTo(Filter.ALL);
        assertThat(parse("{'AND': null, 'OR': [], 'NOT': null, 'case_sensitive': false}"))
                .isEqualTo(Filter.ALL);
    }

    @Test
    void shorthandComparesForEquality() {
        assertThat(parse("{'status': 'PENDING', 'metadata.campaign': 'x'}"))
                .isEqualTo(new And(List.of(is("status", "PENDING"), is("metadata.campaign", "x"))));
    }

    @Test
    void shorthandTakesListsNullsAndOperators() {
        assertThat(parse("{'status': ['PENDING', 'FAILED']}"))
                .isEqualTo(new Condition("status", Operator.IN, List.of("PENDING", "FAILED"), false));
        assertThat(parse("{'metadata.x': null}")).isEqualTo(is("metadata.x", null));
        assertThat(parse("{'file_size_bytes': {'gte': 5, 'lt': 9.5}}"))
                .isEqualTo(new And(List.of(
                        new Condition("file_size_bytes", Operator.GTE, 5L, false),
                        new Condition("file_size_bytes", Operator.LT, 9.5, false))));
        assertThat(parse("{'filename': {'contains': 'a', 'case_sensitive': true}}"))
                .isEqualTo(new Condition("filename", Operator.CONTAINS, "a", true));
    }

    @Test
    void logicalOperatorsMixWithShorthandAndNest() {
        assertThat(parse("{'AND': [{'field': 'filename', 'operator': 'starts_with', 'value': 'a'}],"
                        + " 'or': [{'status': 'PENDING'}, {'NOT': {'status': 'FAILED'}}], 'is_duplicate': false}"))
                .isEqualTo(new And(List.of(
                        new Condition("filename", Operator.STARTS_WITH, "a", false),
                        new Or(List.of(is("status", "PENDING"), new Not(List.of(is("status", "FAILED"))))),
                        is("is_duplicate", false))));
    }

    @Test
    void aConditionMayStandAloneWithoutAnOperator() {
        assertThat(parse("{'field': 'status', 'value': 'PENDING', 'unknown': 1}"))
                .isEqualTo(is("status", "PENDING"));
        assertThat(parse("{'field': 'status', 'operator': null, 'value': 'PENDING'}"))
                .isEqualTo(is("status", "PENDING"));
        assertThat(parse("{'field': 'filename', 'operator': 'is_null'}"))
                .isEqualTo(new Condition("filename", Operator.IS_NULL, true, false));
    }

    @Test
    void caseSensitivityIsInheritedAndNeverAField() {
        assertThat(parse("{'case_sensitive': true, 'AND': [{'filename': 'a'},"
                        + " {'case_sensitive': false, 'field': 'filename', 'value': 'b'},"
                        + " {'case_sensitive': null, 'field': 'filename', 'value': 'c'}]}"))
                .isEqualTo(new And(List.of(
                        new Condition("filename", Operator.EQ, "a", true),
                        new Condition("filename", Operator.EQ, "b", false),
                        new Condition("filename", Operator.EQ, "c", true))));
    }

    @Test
    void operandsGetTheTypeOfTheField() {
        assertThat(value("{'created_at': '2026-01-31T10:30:00+01:00'}"))
                .isEqualTo(Instant.parse("2026-01-31T09:30:00Z"));
        assertThat(value("{'file_size_bytes': 12345678901}")).isEqualTo(12345678901L);
        assertThat(value("{'metadata.n': 1.5}")).isEqualTo(1.5);
        assertThat(value("{'metadata.b': true}")).isEqualTo(true);
        assertThat(FilterParser.parse(Map.of("file_size_bytes", new BigInteger("7")), FIELDS))
                .isEqualTo(is("file_size_bytes", 7L));
        assertThat(FilterParser.parse(Map.of("file_size_bytes", new BigInteger("12345678901234567890")), FIELDS))
                .isEqualTo(is("file_size_bytes", new BigDecimal("1.234567890123456789E+19")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'field': 'status', 'operator': 'like', 'value': 'x'}",
                "{'field': 'status', 'operator': 5, 'value': 'x'}",
                "{'field': 'status', 'operator': 'eq'}",
                "{'field': 7, 'operator': 'eq', 'value': 1}",
                "{'unknown': 1}",
                "{'status': 5}",
                "{'status': {}}",
                "{'status': {'$gt': ''}}",
                "{'$where': 'sleep(1000)'}",
                "{'metadata.$x': 1}",
                "{'metadata..x': 1}",
                "{'metadata.': 1}",
                "{'metadata.a\\u0000b': 1}",
                "{'': 1}",
                "{'metadata.x': 'a\\u0000b'}",
                "{'metadata.x': '\\ud800'}",
                "{'metadata.x': {'nested': 1}}",
                "{'metadata.x': [{'a': 1}]}",
                "{'metadata.x': {'gt': true}}",
                "{'metadata.x': {'gt': null}}",
                "{'is_duplicate': {'gt': false}}",
                "{'is_duplicate': 'true'}",
                "{'file_size_bytes': '5'}",
                "{'file_size_bytes': {'contains': '5'}}",
                "{'file_size_bytes': {'in': 5}}",
                "{'created_at': 'yesterday'}",
                "{'created_at': '2026-01-31'}",
                "{'created_at': '+999999999-01-01T00:00:00Z'}",
                "{'created_at': 5}",
                "{'filename': {'exists': 'yes'}}",
                "{'filename': {'exists': null}}",
                "{'filename': {'is_null': 1}}",
                "{'filename': {'regex': '(?=a)b'}}",
                "{'filename': {'regex': '['}}",
                "{'filename': {'text': '  '}}",
                "{'AND': 5}",
                "{'AND': ['x']}",
                "{'case_sensitive': 'no'}"
            })
    void whatIsWrongIsRefusedWithItsPlace(String json) {
        assertThat(refused(parsed(json)).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.location()).startsWith("body", "filters");
            assertThat(violation.message()).isNotBlank();
        });
    }

    @Test
    void theRefusalNamesWhatIsKnown() {
        InvalidRequest operator =
                refused(parsed("{'OR': [{'status': 'x'}, {'field': 'status', 'operator': 'like', 'value': 'x'}]}"));
        assertThat(operator.violations().getFirst().location()).containsExactly("body", "filters", "OR", 1, "operator");
        assertThat(operator.getMessage()).contains("'like'").contains("starts_with, ends_with, regex");
        assertThat(refused(parsed("{'nope': 1}")).getMessage()).contains("created_at, file_size_bytes, filename");
    }

    @Test
    void boundsHold() {
        assertThat(FilterParser.parse(nested(FilterParser.MAX_DEPTH), FIELDS)).isNotNull();
        assertThat(refused(nested(FilterParser.MAX_DEPTH + 1)).getMessage()).contains("10 deep");
        assertThat(FilterParser.parse(conditions(FilterParser.MAX_CONDITIONS), FIELDS))
                .isNotNull();
        refused(conditions(FilterParser.MAX_CONDITIONS + 1));
        assertThat(FilterParser.parse(Map.of("status", values(FilterParser.MAX_VALUES)), FIELDS))
                .isNotNull();
        refused(Map.of("status", values(FilterParser.MAX_VALUES + 1)));
        assertThat(FilterParser.parse(Map.of("filename", Map.of("contains", "x".repeat(1000))), FIELDS))
                .isNotNull();
        refused(Map.of("filename", Map.of("contains", "x".repeat(1001))));
        refused(Map.of("filename", Map.of("regex", "x".repeat(257))));
        refused(Map.of("filename", Map.of("text", "x ".repeat(21))));
        refused(Map.of("file_size_bytes", new BigInteger("9".repeat(35))));
        refused(Map.of("file_size_bytes", Double.POSITIVE_INFINITY));
    }

    @Test
    void listsMayHoldNull() {
        Map<String, Object> json = new HashMap<>();
        json.put("metadata.x", Collections.singletonList(null));
        assertThat(FilterParser.parse(json, FIELDS))
                .isEqualTo(new Condition("metadata.x", Operator.IN, Collections.singletonList(null), false));
    }

    @Test
    void namesThatASchemaDeclaresAreTakenAsTheyAre() {
        Fields open = Fields.builder().token("object_id").open().build();
        assertThat(FilterParser.parse(Map.of("price", 5), open)).isEqualTo(is("price", 5L));
    }

    private static Filter parse(String json) {
        return FilterParser.parse(parsed(json), FIELDS);
    }

    private static Object value(String json) {
        return ((Condition) parse(json)).value();
    }

    private static InvalidRequest refused(Map<String, Object> json) {
        InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> FilterParser.parse(json, FIELDS));
        assertThat(refusal).as("refusal of %s", json).isNotNull();
        return refusal;
    }

    private static Condition is(String field, Object value) {
        return new Condition(field, Operator.EQ, value, false);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String json) {
        return JSON.readValue(json.replace('\'', '"'), LinkedHashMap.class);
    }

    private static Map<String, Object> nested(int depth) {
        Map<String, Object> json = Map.of("status", "x");
        for (int i = 0; i < depth; i++) {
            json = Map.of("NOT", List.of(json));
        }
        return json;
    }

    private static Map<String, Object> conditions(int count) {
        return Map.of("AND", Collections.nCopies(count, Map.of("status", "x")));
    }

    private static List<Object> values(int count) {
        return new ArrayList<>(Collections.nCopies(count, "x"));
    }
}
