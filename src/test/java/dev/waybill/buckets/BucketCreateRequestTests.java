package dev.waybill.buckets;

import static dev.waybill.buckets.BucketFixtures.NOW;
import static dev.waybill.buckets.BucketFixtures.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class BucketCreateRequestTests {

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Test
    void readsTheBucketOfTheQuickstart() {
        Bucket bucket = read("""
                {"bucket_name": "product-catalog", "bucket_schema": {"properties": {"product_text": {"type": "text", \
                "required": true}, "hero_image": {"type": "image"}}}}""");

        assertThat(bucket.name()).isEqualTo("product-catalog");
        assertThat(bucket.metadata()).isEmpty();
        assertThat(bucket.uniqueKey()).isNull();
        assertThat(bucket.schema().properties().keySet()).containsExactly("product_text", "hero_image");
        assertThat(Objects.requireNonNull(bucket.schema().properties().get("product_text"))
                        .required())
                .isTrue();
    }

    @Test
    void theSchemaMayBeCalledSchema() {
        assertThat(read("{\"bucket_name\": \"b\", \"schema\": {\"properties\": {\"f\": {\"type\": \"pdf\"}}}}")
                        .schema()
                        .properties())
                .containsOnlyKeys("f");
    }

    @Test
    void everyFieldTypeIsKnown() {
        for (FieldType type : FieldType.values()) {
            assertThat(properties("{\"p\": {\"type\": \"%s\"}}".formatted(type.wire())))
                    .hasSize(1);
        }
    }

    @Test
    void anUnknownTypeIsRefusedWithTheKnownTypes() {
        Violation violation = only(violations(body("{\"p\": {\"type\": \"picture\"}}")));

        assertThat(violation.location()).containsExactly("body", "bucket_schema", "properties", "p", "type");
        assertThat(violation.message()).contains("'picture'").contains("image").contains("document");
        assertThat(violation.type()).isEqualTo("enum");
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        List<Violation> violations = violations("""
                {"bucket_name": "bkt_x", "description": "%s", "metadata": {"$a": 1},
                 "bucket_schema": {"properties": {"a b": {"type": "string"}, "c": {}, "d": null}},
                 "unique_key": {"fields": [], "default_policy": "replace"}}""".formatted("x".repeat(5000)));

        assertThat(violations)
                .extracting(violation -> violation.location().toString())
                .containsExactlyInAnyOrder(
                        "[body, bucket_name]",
                        "[body, description]",
                        "[body, metadata]",
                        "[body, bucket_schema, properties, a b]",
                        "[body, bucket_schema, properties, c, type]",
                        "[body, bucket_schema, properties, d, type]",
                        "[body, unique_key, fields]",
                        "[body, unique_key, default_policy]");
    }

    @Test
    void anEmptyBodyNamesTheMissingFields() {
        assertThat(violations("{}"))
                .allMatch(violation -> violation.type().equals("missing"))
                .extracting(violation -> violation.location().getLast())
                .containsExactly("bucket_name", "bucket_schema");
    }

    @Test
    void aBucketWithoutPropertiesIsRefusedWithTheReason() {
        assertThat(only(violations(body("{}"))).message()).contains("takes no upload");
        assertThat(only(violations("{\"bucket_name\": \"b\", \"bucket_schema\": {}}"))
                        .location())
                .containsExactly("body", "bucket_schema", "properties");
    }

    @Test
    void namesHaveAForm() {
        for (String good : List.of("a", "product-catalog", "a.b_c-1", "x".repeat(128), "...")) {
            assertThat(read(named(good)).name()).isEqualTo(good);
        }
        for (String bad : List.of("", " ", "a b", "a/b", "bkt_1", ".", "..", "ä", "x".repeat(129), "~x")) {
            assertThat(violations(named(bad))).as(bad).hasSize(1);
        }
    }

    @Test
    void nestedFieldsKeepTheirOrder() {
        Map<String, SchemaField> properties = properties("""
                {"z": {"type": "object", "properties": {"y": {"type": "string"}, "a": {"type": "array", \
                "items": {"type": "object", "properties": {"m": {"type": "integer"}, "b": {"type": "date"}}}}}}, \
                "a": {"type": "image"}}""");

        assertThat(properties.keySet()).containsExactly("z", "a");
        Map<String, SchemaField> inner = Objects.requireNonNull(
                Objects.requireNonNull(properties.get("z")).properties());
        assertThat(inner.keySet()).containsExactly("y", "a");
        assertThat(Objects.requireNonNull(Objects.requireNonNull(inner.get("a")).items())
                        .properties())
                .containsOnlyKeys("m", "b");
    }

    @Test
    void nestingAndNumberOfFieldsAreBounded() {
        assertThat(properties(nested(8))).hasSize(1);
        assertThat(only(violations(body(nested(9)))).type()).isEqualTo("too_deep");
        StringBuilder many = new StringBuilder("{\"p0\": {\"type\": \"string\"}");
        for (int i = 1; i < 1001; i++) {
            many.append(", \"p").append(i).append("\": {\"type\": \"string\"}");
        }
        assertThat(only(violations(body(many + "}"))).type()).isEqualTo("too_long");
    }

    @Test
    void itemsAndPropertiesBelongToArraysAndObjects() {
        assertThat(only(violations(body("{\"p\": {\"type\": \"string\", \"items\": {\"type\": \"string\"}}}")))
                        .location()
                        .getLast())
                .isEqualTo("items");
        assertThat(only(violations(body("{\"p\": {\"type\": \"array\", \"properties\": {}}}")))
                        .location()
                        .getLast())
                .isEqualTo("properties");
    }

    @Test
    void defaultsFitTheirType() {
        List<String> good = List.of(
                "'string', 'default': 'x'",
                "'number', 'default': 1.5",
                "'integer', 'default': 5",
                "'boolean', 'default': false",
                "'date', 'default': '2026-01-31'",
                "'datetime', 'default': '2026-01-31T12:00:00+01:00'",
                "'array', 'default': [1, 'a']",
                "'array', 'items': {'type': 'integer'}, 'default': [1, 2]",
                "'object', 'properties': {'a': {'type': 'string'}}, 'default': {'a': 'x', 'b': 1}",
                "'json', 'default': [1]",
                "'text', 'default': 'x'",
                "'string', 'default': null",
                "'string', 'enum': ['a', 'b'], 'default': 'a'",
                "'array', 'enum': ['a', 'b'], 'default': ['a']");
        List<String> bad = List.of(
                "'string', 'default': 1",
                "'integer', 'default': 1.5",
                "'integer', 'default': '1'",
                "'boolean', 'default': 'true'",
                "'date', 'default': '31.01.2026'",
                "'datetime', 'default': '2026-01-31T12:00:00'",
                "'array', 'items': {'type': 'integer'}, 'default': [1, 'a']",
                "'object', 'properties': {'a': {'type': 'string'}}, 'default': {'a': 1}",
                "'image', 'default': {}",
                "'string', 'enum': ['a', 'b'], 'default': 'c'",
                "'string', 'enum': []",
                "'integer', 'enum': [1, 'b']",
                "'string', 'enum': [null]",
                "'string', 'default': {'$a': 1}");
        for (String field : good) {
            assertThat(properties(field(field))).as(field).hasSize(1);
        }
        for (String field : bad) {
            assertThat(violations(body(field(field)))).as(field).isNotEmpty();
        }
    }

    @Test
    void aUniqueKeyNamesDeclaredFieldsThatAreNoFiles() {
        String schema = """
                {"sku": {"type": "string"}, "photo": {"type": "image"}, \
                "place": {"type": "object", "properties": {"city": {"type": "string"}}}}""";

        assertThat(keyed(schema, "[\"sku\", \"place.city\"]").uniqueKey())
                .isEqualTo(new UniqueKey(List.of("sku", "place.city"), "upsert"));
        for (String bad : List.of("\"photo\"", "\"other\"", "\"place.street\"", "\"sku\", \"sku\"", "null")) {
            Violation violation = only(violations(keyedBody(schema, "[" + bad + "]")));
            assertThat(violation.location().subList(0, 3)).as(bad).isEqualTo(List.of("body", "unique_key", "fields"));
        }
        assertThat(only(violations(keyedBody(schema, "[\"other\"]"))).message()).contains("sku, photo, place");
    }

    private Bucket keyed(String schema, String fields) {
        return read(keyedBody(schema, fields));
    }

    private static String keyedBody(String schema, String fields) {
        return """
                {"bucket_name": "b", "bucket_schema": {"properties": %s}, \
                "unique_key": {"fields": %s, "default_policy": "upsert"}}""".formatted(schema, fields);
    }

    private static String field(String inside) {
        return "{'p': {'type': %s}}".formatted(inside).replace('\'', '"');
    }

    private static String nested(int levels) {
        return "{\"p\": {\"type\": \"object\", \"properties\": ".repeat(levels - 1)
                + "{\"p\": {\"type\": \"string\"}}"
                + "}}".repeat(levels - 1);
    }

    private Map<String, SchemaField> properties(String properties) {
        return read(body(properties)).schema().properties();
    }

    private static String named(String name) {
        return "{\"bucket_name\": \"%s\", \"bucket_schema\": {\"properties\": {\"f\": {\"type\": \"pdf\"}}}}"
                .formatted(name);
    }

    private static String body(String properties) {
        return "{\"bucket_name\": \"b\", \"bucket_schema\": {\"properties\": %s}}".formatted(properties);
    }

    private Bucket read(String body) {
        return json.readValue(body, BucketCreateRequest.class).toBucket(new BucketId("bkt_1"), SCOPE, NOW);
    }

    private List<Violation> violations(String body) {
        InvalidRequest refused = catchThrowableOfType(InvalidRequest.class, () -> read(body));
        assertThat(refused).as(body).isNotNull();
        return refused.violations();
    }

    private static Violation only(List<Violation> violations) {
        assertThat(violations).hasSize(1);
        return violations.getFirst();
    }
}
