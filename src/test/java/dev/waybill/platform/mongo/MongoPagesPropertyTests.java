package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.query.Sort;
import dev.waybill.platform.query.Sort.Direction;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.query.Criteria;

/** Walking the pages visits every row exactly once, whatever is added on the way. */
class MongoPagesPropertyTests {

    private static final Fields FIELDS = Fields.builder()
            .token("row_id")
            .text("filename")
            .number("size")
            .instant("created_at")
            .bool("flag")
            .any("metadata.*")
            .stored("id", Fields.Kind.TOKEN, "_id")
            .build();

    private static final Criteria WITHIN = Criteria.where("namespace_id").is("ns_a");

    private static TestMongo mongo;

    record Row(@Id String key, String rowId) {}

    @BeforeContainer
    static void start() {
        mongo = new TestMongo();
    }

    @AfterContainer
    static void stop() {
        mongo.close();
    }

    @Property
    void everyRowIsVisitedOnceWhileRowsAreAdded(
            @ForAll("rows") List<Document> rows,
            @ForAll("rows") List<Document> added,
            @ForAll("sorts") Sort sort,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        fill(rows, "a");
        List<Document> waiting = named(added, "b");
        List<String> visited = new ArrayList<>();
        String cursor = null;
        do {
            Page<Row> page = page(sort, limit, 0, cursor);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(row -> visited.add(row.rowId()));
            if (!waiting.isEmpty()) {
                mongo.template().getCollection("row").insertOne(waiting.removeFirst());
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(visited).doesNotHaveDuplicates();
        assertThat(visited.stream().filter(id -> id.startsWith("a")))
                .containsExactlyInAnyOrderElementsOf(
                        rows.stream().map(row -> row.getString("row_id")).toList());
    }

    @Property
    void cursorsAndOffsetsGiveTheSameOrder(
            @ForAll("rows") List<Document> rows,
            @ForAll("sorts") Sort sort,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        fill(rows, "a");
        List<Row> all = page(sort, ListQuery.MAX_LIMIT, 0, null).items();
        assertThat(all).hasSameSizeAs(rows);
        List<Row> byCursor = new ArrayList<>();
        List<Row> byOffset = new ArrayList<>();
        String cursor = null;
        for (int offset = 0; offset < rows.size(); offset += limit) {
            Page<Row> page = page(sort, limit, 0, cursor);
            byCursor.addAll(page.items());
            cursor = page.nextCursor();
            byOffset.addAll(page(sort, limit, offset, null).items());
        }
        assertThat(cursor).isNull();
        assertThat(byCursor).isEqualTo(all);
        assertThat(byOffset).isEqualTo(all);
    }

    @Provide
    Arbitrary<List<Document>> rows() {
        Arbitrary<Object> words = Arbitraries.of("a", "A", "b", "", "é", "x".repeat(1100) + "1", "x".repeat(1100) + "2")
                .map(word -> (Object) word);
        Arbitrary<Object> numbers = Arbitraries.of((Object) 0, 1, 1L, 1.0, 2.5, -3L, new Decimal128(2));
        Arbitrary<Object> bools = Arbitraries.of((Object) true, false);
        Arbitrary<Object> any = Arbitraries.oneOf(words, numbers, bools);
        Arbitrary<Object> nested = Arbitraries.oneOf(
                any,
                any.list().ofMaxSize(2).map(list -> (Object) list),
                any.map(value -> (Object) new Document("y", value)),
                any.map(value -> (Object) List.of(new Document("y", value))));
        return Combinators.combine(
                        optional(words),
                        optional(numbers),
                        optional(Arbitraries.of(0L, 1L, 1_767_225_600_000L).map(millis -> (Object) new Date(millis))),
                        optional(bools),
                        optional(nested))
                .as((filename, size, created, flag, metadata) -> {
                    Document row = new Document("namespace_id", "ns_a");
                    put(row, "filename", filename);
                    put(row, "size", size);
                    put(row, "created_at", created);
                    put(row, "flag", flag);
                    Document below = new Document();
                    put(below, "x", metadata);
                    return row.append("metadata", below);
                })
                .list()
                .ofMaxSize(14);
    }

    @Provide
    Arbitrary<Sort> sorts() {
        return Combinators.combine(
                        Arbitraries.of(
                                "row_id", "filename", "size", "created_at", "flag", "metadata.x", "metadata.x.y", "id"),
                        Arbitraries.of(Direction.class))
                .as(Sort::new);
    }

    private static Page<Row> page(Sort sort, int limit, int offset, String cursor) {
        ListQuery query =
                new ListQuery(dev.waybill.platform.query.Filter.ALL, sort, null, false, limit, offset, cursor, false);
        return mongo.pages().find(Row.class, WITHIN, query, FIELDS);
    }

    private static void fill(List<Document> rows, String prefix) {
        var collection = mongo.template().getCollection("row");
        collection.deleteMany(new Document());
        collection.insertOne(new Document("_id", "ns_b/other").append("namespace_id", "ns_b"));
        List<Document> named = named(rows, prefix);
        if (!named.isEmpty()) {
            collection.insertMany(named);
        }
    }

    private static List<Document> named(List<Document> rows, String prefix) {
        List<Document> named = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String id = prefix + (char) ('a' + (i * 7) % 26);
            named.add(rows.get(i).append("_id", "ns_a/" + id).append("row_id", id));
        }
        return named;
    }

    private static Arbitrary<Map<String, Object>> optional(Arbitrary<Object> values) {
        return Arbitraries.frequencyOf(
                Tuple.of(6, values.map(value -> Map.of("value", value))),
                Tuple.of(
                        1,
                        Arbitraries.just(new java.util.HashMap<>(java.util.Collections.singletonMap("value", null)))),
                Tuple.of(2, Arbitraries.just(Map.of())));
    }

    private static void put(Document document, String name, Map<String, Object> value) {
        value.forEach((ignored, given) -> document.append(name, given));
    }
}
