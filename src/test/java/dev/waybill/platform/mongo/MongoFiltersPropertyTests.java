package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.FilterParser;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.Document;
import org.bson.types.Decimal128;

/** Filters find the same rows in the database as their meaning does in memory. */
class MongoFiltersPropertyTests {

    private static final Fields FIELDS = Fields.builder()
            .token("status")
            .text("filename")
            .number("size")
            .instant("created_at")
            .bool("flag")
            .any("metadata.*")
            .build();

    private static final List<String> WORDS = List.of(
            "", "a", "A", "b", "ab", "AB", "aB c", "b.c", "a\nb", "a\n", "$a", "(a", "\\", "[a", "^a$", "a|b", "1");
    private static final List<String> INSTANTS =
            List.of("1970-01-01T00:00:00Z", "2026-01-01T00:00:00.001Z", "2026-01-01T01:00:00+01:00");

    private static TestMongo mongo;

    @BeforeContainer
    static void start() {
        mongo = new TestMongo();
    }

    @AfterContainer
    static void stop() {
        mongo.close();
    }

    @Property
    void databaseAndMeaningAgree(
            @ForAll("documents") List<Document> documents, @ForAll("filters") Map<String, Object> json) {
        Filter filter = FilterParser.parse(json, FIELDS);
        MongoCollection<Document> collection = mongo.template().getCollection("rows");
        collection.deleteMany(new Document());
        for (int i = 0; i < documents.size(); i++) {
            documents.get(i).put("_id", i);
        }
        collection.insertMany(documents);
        ReferenceFilter reference = new ReferenceFilter(FIELDS);
        List<Document> expected = documents.stream()
                .filter(document -> reference.matches(filter, document))
                .toList();
        List<Document> found = collection
                .find(MongoFilters.query(filter, FIELDS))
                .sort(new Document("_id", 1))
                .into(new ArrayList<>());
        assertThat(found.stream().map(row -> row.get("_id")))
                .as("%s", filter)
                .containsExactlyElementsOf(
                        expected.stream().map(row -> row.get("_id")).toList());
    }

    @Provide
    Arbitrary<List<Document>> documents() {
        Arbitrary<Object> any = Arbitraries.oneOf(
                        Arbitraries.of(WORDS).map(word -> (Object) word),
                        numbers(),
                        Arbitraries.of(true, false).map(bool -> (Object) bool))
                .injectNull(0.1);
        Arbitrary<Object> metadata = Arbitraries.oneOf(
                any, any.list().ofMaxSize(3).map(list -> (Object) list), Arbitraries.just(new Document("x", 1)));
        Arbitrary<Document> document = Combinators.combine(
                        optional(Arbitraries.of(WORDS).map(word -> (Object) word)),
                        optional(Arbitraries.of(WORDS).map(word -> (Object) word)),
                        optional(numbers()),
                        optional(Arbitraries.of(0L, 1_767_225_600_000L, 1_767_225_600_001L)
                                .map(Date::new)),
                        optional(Arbitraries.of(true, false).map(bool -> (Object) bool)),
                        optional(metadata),
                        optional(any))
                .as((status, filename, size, created, flag, first, second) -> {
                    Document row = new Document();
                    status.into(row, "status");
                    filename.into(row, "filename");
                    size.into(row, "size");
                    created.into(row, "created_at");
                    flag.into(row, "flag");
                    Document below = new Document();
                    first.into(below, "a");
                    second.into(below, "b");
                    row.append("metadata", below);
                    return row;
                });
        return document.list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Map<String, Object>> filters() {
        return Arbitraries.recursive(MongoFiltersPropertyTests::conditions, MongoFiltersPropertyTests::logical, 0, 3);
    }

    private static Arbitrary<Map<String, Object>> logical(Arbitrary<Map<String, Object>> parts) {
        return Combinators.combine(
                        Arbitraries.of("AND", "OR", "NOT", "or"),
                        parts.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(true, false))
                .as((operator, list, sensitive) -> Map.of(operator, list, "case_sensitive", sensitive));
    }

    private static Arbitrary<Map<String, Object>> conditions() {
        Arbitrary<Object> words = Arbitraries.of(WORDS).map(word -> (Object) word);
        Arbitrary<Object> plainNumbers = Arbitraries.of((Object) 0, 1, 2, 1.5, -3, 9_007_199_254_740_993L);
        Arbitrary<Object> instants = Arbitraries.of(INSTANTS).map(instant -> (Object) instant);
        Arbitrary<Object> bools = Arbitraries.of((Object) true, false);
        return Arbitraries.oneOf(
                condition(List.of("status", "filename", "metadata.a", "metadata.b"), words),
                condition(List.of("size", "metadata.a", "metadata.b"), plainNumbers),
                condition(List.of("created_at"), instants),
                condition(List.of("flag", "metadata.a"), List.of("eq", "ne"), bools),
                text(words),
                presence(bools));
    }

    private static Arbitrary<Map<String, Object>> condition(List<String> names, Arbitrary<Object> values) {
        return Arbitraries.oneOf(
                condition(names, List.of("gt", "gte", "lt", "lte"), values),
                condition(names, List.of("eq", "ne"), values.injectNull(0.1)),
                condition(
                        names,
                        List.of("in", "nin"),
                        values.injectNull(0.1).list().ofMaxSize(3).map(list -> list)));
    }

    private static Arbitrary<Map<String, Object>> text(Arbitrary<Object> words) {
        // The stand-in looks for a part of a text in a whole list, written out; so no field with lists is queried here.
        List<String> names = List.of("status", "filename", "metadata.b");
        return Arbitraries.oneOf(
                condition(names, List.of("contains", "starts_with", "ends_with"), words),
                condition(names, List.of("text"), Arbitraries.of("a", "A b", "b.c")),
                condition(names, List.of("regex"), Arbitraries.of("a", "^A", "b$", "a.b", "[a-b]c?", "^(a|b)$")));
    }

    private static Arbitrary<Map<String, Object>> presence(Arbitrary<Object> bools) {
        return condition(List.of("status", "size", "metadata.a", "metadata.c"), List.of("exists", "is_null"), bools);
    }

    private static Arbitrary<Map<String, Object>> condition(
            List<String> names, List<String> operators, Arbitrary<?> values) {
        return Combinators.combine(
                        Arbitraries.of(names),
                        Arbitraries.of(operators),
                        values,
                        Arbitraries.of(true, false).injectNull(0.5))
                .as((name, operator, value, sensitive) -> {
                    Map<String, Object> json = new HashMap<>();
                    json.put("field", name);
                    json.put("operator", operator);
                    json.put("value", value);
                    json.put("case_sensitive", sensitive);
                    return json;
                });
    }

    private static Arbitrary<Object> numbers() {
        return Arbitraries.of((Object) 0, 1, 2L, 1.5, 1.0, -3, 9_007_199_254_740_993L, new Decimal128(2));
    }

    private static <T> Arbitrary<Optional> optional(Arbitrary<T> values) {
        return Combinators.combine(values.injectNull(0.1), Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)))
                .as(Optional::new);
    }

    /** A value that may be missing, which is not the same as null. */
    private record Optional(Object value, boolean present) {

        void into(Document document, String name) {
            if (present) {
                document.append(name, value);
            }
        }
    }
}
