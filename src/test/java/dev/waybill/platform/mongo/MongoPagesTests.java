package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.FilterParser;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.query.Sort;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

@OnEveryDatabase
class MongoPagesTests {

    private static final Fields FIELDS = Fields.builder()
            .token("file_id", "status")
            .text("filename")
            .instant("created_at")
            .any("metadata.*")
            .searching("filename", "metadata.title")
            .build();

    private static final Sort NEWEST = Sort.descending("created_at");

    private final TestMongo mongo;

    record Owner(String name) {}

    /** {@code file} beside {@code fileId} is the name that tempts a mapper to read {@code file_id} as a path. */
    record Entry(
            @Id String key,
            String namespaceId,
            Owner file,
            String fileId,
            String status,
            String filename,
            Instant createdAt,
            Map<String, Object> metadata) {}

    MongoPagesTests(Databases where) {
        mongo = new TestMongo(where);
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @BeforeEach
    void fill() {
        for (int i = 1; i <= 5; i++) {
            insert(
                    "ns_a",
                    i,
                    i % 2 == 0 ? "PENDING" : "COMPLETED",
                    "Photo-" + i + ".jpg",
                    Map.of("title", "Sea (" + i));
        }
        insert("ns_b", 6, "PENDING", "secret.jpg", Map.of());
    }

    @Test
    void rowsComeNewestFirstAndOnlyFromWithin() {
        Page<Entry> page = find(ListQuery.first(10, NEWEST));
        assertThat(page.items()).extracting(Entry::fileId).containsExactly("f5", "f4", "f3", "f2", "f1");
        assertThat(page.total()).isNull();
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void noFilterWidensTheBounds() {
        Fields open = Fields.builder().instant("created_at").open().build();
        Filter filter = FilterParser.parse(
                Map.of("OR", List.of(Map.of("namespace_id", "ns_b"), Map.of("status", "PENDING"))), open);
        ListQuery query = ListQuery.first(10, NEWEST).withFilter(filter);
        assertThat(mongo.pages().find(Entry.class, within(), query, open).items())
                .extracting(Entry::fileId)
                .containsExactly("f4", "f2");
    }

    @Test
    void aCursorOfOneTenantShowsNothingOfAnother() {
        String cursor = find(ListQuery.first(2, NEWEST)).nextCursor();
        Criteria other = Criteria.where("namespaceId").is("ns_b");
        ListQuery query = new ListQuery(Filter.ALL, NEWEST, null, false, 10, 0, cursor, false);
        assertThat(mongo.pages().find(Entry.class, other, query, FIELDS).items())
                .allSatisfy(entry -> assertThat(entry.namespaceId()).isEqualTo("ns_b"));
    }

    @Test
    void theTotalCountsAllRowsOfTheFilter() {
        Page<Entry> page = find(ListQuery.first(1, NEWEST)
                .withFilter(FilterParser.parse(Map.of("status", "PENDING"), FIELDS))
                .withTotal());
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.items()).extracting(Entry::fileId).containsExactly("f4");
        assertThat(page.nextCursor()).isNotNull();
    }

    @Test
    void searchFindsEveryWordSomewhereWithoutRegardToCase() {
        assertThat(searched("photo-3")).containsExactly("f3");
        assertThat(searched("JPG sea")).hasSize(5);
        assertThat(searched("(4")).containsExactly("f4");
        assertThat(searched(".*")).isEmpty();
        assertThat(searched("secret")).isEmpty();
    }

    @Test
    void searchMayRegardCase() {
        ListQuery query = new ListQuery(Filter.ALL, NEWEST, "photo", true, 10, 0, null, false);
        assertThat(find(query).items()).isEmpty();
    }

    @Test
    void longSearchesAreRefused() {
        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> searched("x".repeat(201)));
        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> searched("x ".repeat(21)));
        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> searched("a\0b"));
        ListQuery query = new ListQuery(Filter.ALL, NEWEST, "x", false, 10, 0, null, false);
        Fields none = Fields.builder().instant("created_at").build();
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> mongo.pages().find(Entry.class, within(), query, none));
    }

    @Test
    void namesAreTakenAsTheyAreStored() {
        Filter filter = FilterParser.parse(Map.of("file_id", "f3"), FIELDS);
        ListQuery query = ListQuery.first(10, NEWEST).withFilter(filter);
        assertThat(find(query).items()).extracting(Entry::fileId).containsExactly("f3");
        assertThat(find(ListQuery.first(1, new Sort("file_id", Sort.Direction.ASC)))
                        .items())
                .extracting(Entry::fileId)
                .containsExactly("f1");
        assertThat(find(query.withTotal()).total()).isOne();
        assertThat(mongo.template()
                        .getCollection("entry")
                        .countDocuments(mongo.pages().match(Entry.class, within(), query, FIELDS)))
                .isOne();
    }

    @Test
    void criteriaStandForTheSameRows() {
        Filter filter = FilterParser.parse(
                Map.of("filename", Map.of("ends_with", "3.JPG"), "metadata.title", Map.of("starts_with", "sea")),
                FIELDS);
        Criteria criteria =
                mongo.pages().criteria(within(), ListQuery.first(10, NEWEST).withFilter(filter), FIELDS);
        assertThat(mongo.template().find(Query.query(criteria), Entry.class))
                .extracting(Entry::fileId)
                .containsExactly("f3");
        assertThat(mongo.template()
                        .count(
                                Query.query(mongo.pages().criteria(within(), ListQuery.first(1, NEWEST), FIELDS)),
                                Entry.class))
                .isEqualTo(5);
    }

    @Test
    void aCursorThatIsNoneIsRefused() {
        ListQuery query = new ListQuery(Filter.ALL, NEWEST, null, false, 10, 0, "garbage", false);
        assertThatExceptionOfType(WaybillException.class)
                .isThrownBy(() -> find(query))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CURSOR));
    }

    @Test
    void aCursorWhoseRowIsGoneIsRefusedOnlyWhenTheRowIsNeeded() {
        Sort byTitle = new Sort("metadata.long", Sort.Direction.ASC);
        for (int i = 7; i <= 9; i++) {
            insert("ns_c", i, "PENDING", "x", Map.of("long", "x".repeat(2000) + i));
        }
        Criteria within = Criteria.where("namespaceId").is("ns_c");
        String cursor = mongo.pages()
                .find(Entry.class, within, ListQuery.first(1, byTitle), FIELDS)
                .nextCursor();
        ListQuery next = new ListQuery(Filter.ALL, byTitle, null, false, 10, 0, cursor, false);
        assertThat(mongo.pages().find(Entry.class, within, next, FIELDS).items())
                .extracting(Entry::fileId)
                .containsExactly("f8", "f9");
        mongo.template().getCollection("entry").deleteOne(new Document("_id", "ns_c/f7"));
        assertThatExceptionOfType(WaybillException.class)
                .isThrownBy(() -> mongo.pages().find(Entry.class, within, next, FIELDS))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_CURSOR));
    }

    private List<String> searched(String search) {
        ListQuery query = new ListQuery(Filter.ALL, NEWEST, search, false, 10, 0, null, false);
        return find(query).items().stream().map(Entry::fileId).toList();
    }

    private Page<Entry> find(ListQuery query) {
        return mongo.pages().find(Entry.class, within(), query, FIELDS);
    }

    private static Criteria within() {
        return Criteria.where("namespaceId").is("ns_a");
    }

    private void insert(String namespace, int number, String status, String filename, Map<String, Object> metadata) {
        mongo.template()
                .insert(new Entry(
                        namespace + "/f" + number,
                        namespace,
                        new Owner("o"),
                        "f" + number,
                        status,
                        filename,
                        Instant.ofEpochSecond(number),
                        metadata));
    }
}
