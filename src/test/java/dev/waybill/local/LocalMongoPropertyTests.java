package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For any query, a collection with indexes finds what one without them finds by a full scan. */
class LocalMongoPropertyTests {

    private static final List<Object> VALUES =
            List.of("a", "b", 1, 1.0, 2L, true, Date.from(Instant.EPOCH), Date.from(Instant.EPOCH.plusSeconds(1)));

    private static @Nullable LocalMongo mongo;
    private static @Nullable MongoClient client;

    @BeforeContainer
    static void start() {
        mongo = LocalMongo.start(null, 0);
        client = MongoClients.create(mongo.uri());
    }

    @AfterContainer
    static void stop() {
        if (client != null && mongo != null) {
            client.close();
            mongo.close();
        }
    }

    @Property(tries = 150)
    void indexesDoNotChangeResults(
            @ForAll("documents") List<Document> documents,
            @ForAll("documents") List<Document> later,
            @ForAll("queries") List<Document> queries) {
        MongoCollection<Document> plain = collection("plain");
        MongoCollection<Document> indexed = collection("indexed");
        indexed.createIndex(Indexes.ascending("x", "z"));
        indexed.createIndex(Indexes.compoundIndex(Indexes.ascending("z"), Indexes.descending("y")));
        indexed.createIndex(Indexes.ascending("_id", "z"), new IndexOptions().unique(true));
        for (int i = 0; i < documents.size(); i++) {
            plain.insertOne(named(documents.get(i), "number", i));
            indexed.insertOne(named(documents.get(i), "_id", i));
        }
        for (int i = 0; i < Math.min(later.size(), documents.size()); i++) {
            // Every third goes, the others become something else.
            if (i % 3 == 0) {
                plain.deleteOne(new Document("number", i));
                indexed.deleteOne(new Document("_id", i));
            } else {
                plain.updateOne(new Document("number", i), change(later.get(i)));
                indexed.updateOne(new Document("_id", i), change(later.get(i)));
            }
        }
        for (Document query : queries) {
            Document asPlain = Document.parse(query.toJson().replace("\"_id\"", "\"number\""));
            assertThat(ids(indexed, query)).as(query.toJson()).isEqualTo(numbers(plain, asPlain));
        }
    }

    @Test
    void indexesInAFileSurviveARestart() throws Exception {
        Path folder = Files.createTempDirectory("waybill-indexes");
        Path file = folder.resolve("data.mv");
        try (LocalMongo first = LocalMongo.start(file, 0);
                MongoClient own = MongoClients.create(first.uri())) {
            MongoCollection<Document> things = own.getDatabase("waybill").getCollection("things");
            things.createIndex(Indexes.ascending("x"));
            things.insertMany(
                    List.of(new Document("_id", 1).append("x", "a"), new Document("_id", 2).append("x", "b")));
        }
        try (LocalMongo second = LocalMongo.start(file, 0);
                MongoClient own = MongoClients.create(second.uri())) {
            MongoCollection<Document> things = own.getDatabase("waybill").getCollection("things");
            things.updateOne(new Document("_id", 1).append("x", "a"), Updates.set("x", "b"));
            assertThat(ids(things, new Document("x", "b"))).containsExactlyInAnyOrder(1, 2);
            assertThat(ids(things, new Document("x", "a"))).isEmpty();
            things.bulkWrite(
                    List.of(new UpdateOneModel<>(new Document("_id", 2).append("x", "b"), Updates.unset("x"))));
            assertThat(ids(things, new Document("x", "b"))).containsExactly(1);
            things.drop();
            things.insertOne(new Document("_id", 3).append("x", "a"));
            assertThat(ids(things, new Document("x", "a"))).containsExactly(3);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    @Provide
    Arbitrary<List<Document>> documents() {
        Arbitrary<Object> value = Arbitraries.of(VALUES).map(one -> (Object) one);
        Arbitrary<Object> list = value.list().ofMaxSize(3).map(one -> (Object) one);
        Arbitrary<Object> any = Arbitraries.frequencyOf(
                Tuple.of(8, value), Tuple.of(1, list), Tuple.of(1, Arbitraries.just(new Document("in", "a"))));
        Arbitrary<Document> document = Combinators.combine(any.optional(), any.optional(), value.injectNull(0.2))
                .as((x, y, z) -> {
                    Document made = new Document();
                    x.ifPresent(one -> made.append("x", one));
                    y.ifPresent(one -> made.append("y", one));
                    return made.append("z", z);
                });
        return document.list().ofMinSize(1).ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<Document>> queries() {
        Arbitrary<Object> value = Arbitraries.of(VALUES).map(one -> (Object) one);
        Arbitrary<Object> range = Combinators.combine(
                        Arbitraries.of("$gt", "$gte"), value, Arbitraries.of("$lt", "$lte"), value)
                .as((low, from, high, to) -> new Document(low, from).append(high, to));
        Arbitrary<Object> condition = Arbitraries.oneOf(
                value,
                range,
                Combinators.combine(Arbitraries.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte"), value)
                        .as(Document::new),
                value.list().ofMaxSize(3).map(one -> new Document("$in", one)),
                Arbitraries.just(new Document("$exists", false)),
                Arbitraries.just(new Document("in", "a")));
        Arbitrary<Object> number = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 11).map(one -> (Object) one),
                Arbitraries.integers().between(0, 11).list().ofMaxSize(3).map(some -> new Document("$in", some)));
        Arbitrary<Document> byId = number.map(one -> new Document("_id", one));
        Arbitrary<Document> part = Combinators.combine(Arbitraries.of("_id", "x", "y", "z"), condition.injectNull(0.1))
                .as(Document::new);
        Arbitrary<Document> query = Arbitraries.oneOf(part, part, byId)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> {
                    Document all = new Document();
                    parts.forEach(all::putAll);
                    return all;
                });
        Arbitrary<Document> nested = query.list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .flatMap(parts -> Arbitraries.of("$and", "$or").map(how -> new Document(how, parts)));
        return Arbitraries.oneOf(query, nested).list().ofMinSize(1).ofMaxSize(10);
    }

    private static Document named(Document document, String field, int number) {
        return new Document(document).append(field, number);
    }

    private static Document change(Document to) {
        Document unset = new Document();
        Stream.of("x", "y").filter(field -> !to.containsKey(field)).forEach(field -> unset.append(field, 1));
        Document change = new Document("$set", to);
        return unset.isEmpty() ? change : change.append("$unset", unset);
    }

    private static Set<Object> numbers(MongoCollection<Document> collection, Document query) {
        return new HashSet<>(
                collection.find(query).map(found -> found.get("number")).into(new ArrayList<>()));
    }

    private static MongoCollection<Document> collection(String name) {
        if (client == null) {
            throw new IllegalStateException("not started");
        }
        MongoCollection<Document> collection = client.getDatabase("waybill").getCollection(name);
        collection.drop();
        return collection;
    }

    private static Set<Object> ids(MongoCollection<Document> collection, Document query) {
        return new HashSet<>(
                collection.find(query).map(found -> found.get("_id")).into(new ArrayList<>()));
    }
}
