package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoServerException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** For any writes, a unique index over an array refuses what a full scan would refuse. */
class UniqueArrayPropertyTests {

    private static final int DUPLICATE_KEY = 11000;
    private static final String EMPTY = "empty array";

    /** No number in two types: the stand-in's operators take 1 for 1.0 at times and not at others. */
    private static final List<@Nullable Object> VALUES = Arrays.asList("a", "b", "c", "d", 1, 2, null);

    private enum Kind {
        INSERT_IN_ORDER,
        INSERT_IN_NO_ORDER,
        SET_KEYS,
        SET_PLACE,
        SET_OTHER,
        UNSET,
        PUSH,
        ADD_TO_SET,
        PULL,
        REPLACE,
        REPLACE_OR_INSERT,
        FIND_AND_SET,
        FIND_AND_REPLACE,
        DELETE,
        REOPEN
    }

    /** One write; the first document names the target, the others are for inserts of many. */
    private record Step(
            Kind kind, List<Document> documents, @Nullable Object value) {

        Document first() {
            return documents.getFirst();
        }
    }

    @Property(tries = 50)
    void inMemory(@ForAll("steps") List<Step> steps) {
        try (Stored stored = new Stored(null)) {
            check(steps, stored);
        }
    }

    @Property(tries = 10)
    void inAFile(@ForAll("steps") List<Step> steps) throws IOException {
        Path folder = Files.createTempDirectory("waybill-unique");
        Path file = folder.resolve("data.mv");
        try (Stored stored = new Stored(file)) {
            check(steps, stored);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void check(List<Step> steps, Stored stored) {
        Model model = new Model();
        for (Step step : steps) {
            assertThat(stored.apply(step)).as("refused by %s", step).isEqualTo(model.apply(step));
            assertThat(stored.all()).as("left by %s", step).isEqualTo(model.all());
            for (Object value : List.of("a", "b", 1)) {
                assertThat(stored.holders(value)).as("holders of %s", value).isEqualTo(model.holders(List.of(value)));
            }
            List<Object> some = List.of("c", 1, "a");
            assertThat(stored.holders(new Document("$in", some))).isEqualTo(model.holders(some));
        }
    }

    private static String text(Map<Integer, Document> documents) {
        return documents.values().stream()
                .map(document -> new TreeMap<>(document).toString())
                .collect(Collectors.joining("\n"));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Object> value = Arbitraries.of(VALUES).map(one -> (Object) one);
        Arbitrary<Object> list = value.list().ofMaxSize(3).map(one -> (Object) one);
        Arbitrary<Document> document = Combinators.combine(
                        Arbitraries.integers().between(0, 6),
                        Arbitraries.of("x", "y"),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, list), Tuple.of(2, value), Tuple.of(1, Arbitraries.just("none"))))
                .as((id, place, keys) -> {
                    Document made =
                            new Document("_id", id).append("place", place).append("bucket", "b");
                    return "none".equals(keys) ? made : made.append("keys", keys);
                });
        return Combinators.combine(
                        Arbitraries.of(Kind.class), document.list().ofMinSize(1).ofMaxSize(4), value)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(30);
    }

    /** Documents by their id, all of which are compared at each write. */
    private static final class Model {

        final Map<Integer, Document> documents = new TreeMap<>();

        List<Integer> apply(Step step) {
            Document first = step.first();
            Document there = documents.get(first.getInteger("_id"));
            return switch (step.kind()) {
                case INSERT_IN_ORDER, INSERT_IN_NO_ORDER -> insert(step);
                case REPLACE_OR_INSERT -> refusedUnless(put(first));
                case REOPEN -> List.of();
                case PUSH, ADD_TO_SET, PULL ->
                    there == null || !(there.get("keys") instanceof Collection<?>) ? List.of() : change(step, there);
                default -> there == null ? List.of() : change(step, there);
            };
        }

        private List<Integer> insert(Step step) {
            List<Integer> refused = new ArrayList<>();
            for (int i = 0; i < step.documents().size(); i++) {
                Document document = step.documents().get(i);
                if (documents.containsKey(document.getInteger("_id")) || !put(document)) {
                    refused.add(i);
                    if (step.kind() == Kind.INSERT_IN_ORDER) {
                        return refused;
                    }
                }
            }
            return refused;
        }

        private List<Integer> change(Step step, Document there) {
            Document first = step.first();
            Document after = new Document(there);
            switch (step.kind()) {
                case SET_KEYS, FIND_AND_SET -> after.put("keys", first.get("keys"));
                case SET_PLACE -> after.put("place", first.get("place"));
                case SET_OTHER -> after.put("other", step.value());
                case UNSET -> after.remove("keys");
                case PUSH -> after.put("keys", with(there, step.value()));
                case ADD_TO_SET -> {
                    List<@Nullable Object> keys = with(there, step.value());
                    keys.removeLast();
                    if (!keys.contains(step.value())) {
                        keys.add(step.value());
                    }
                    after.put("keys", keys);
                }
                case PULL ->
                    after.computeIfPresent(
                            "keys",
                            (any, keys) -> ((Collection<?>) keys)
                                    .stream()
                                            .filter(key -> !Objects.equals(key, step.value()))
                                            .toList());
                case REPLACE, FIND_AND_REPLACE -> after = first;
                case DELETE -> {
                    documents.remove(there.getInteger("_id"));
                    return List.of();
                }
                default -> throw new AssertionError(step.kind());
            }
            return refusedUnless(put(after));
        }

        private boolean put(Document document) {
            Set<List<@Nullable Object>> keys = keys(document);
            boolean free = documents.values().stream()
                    .filter(other -> !other.get("_id").equals(document.get("_id")))
                    .flatMap(other -> keys(other).stream())
                    .noneMatch(keys::contains);
            if (free) {
                documents.put(document.getInteger("_id"), document);
            }
            return free;
        }

        private static List<Integer> refusedUnless(boolean done) {
            return done ? List.of() : List.of(0);
        }

        String all() {
            return text(documents);
        }

        List<Integer> holders(List<Object> values) {
            return documents.values().stream()
                    .filter(document -> document.get("place").equals("x"))
                    .filter(document ->
                            values.stream().anyMatch(value -> keys(document).contains(key(document, value))))
                    .map(document -> document.getInteger("_id"))
                    .toList();
        }

        private static Set<List<@Nullable Object>> keys(Document document) {
            Set<List<@Nullable Object>> keys = new HashSet<>();
            if (!(document.get("keys") instanceof Collection<?> elements)) {
                keys.add(key(document, document.get("keys")));
            } else if (elements.isEmpty()) {
                keys.add(key(document, EMPTY));
            } else {
                elements.forEach(element -> keys.add(key(document, element)));
            }
            return keys;
        }

        private static List<@Nullable Object> key(Document document, @Nullable Object value) {
            return Arrays.asList(document.get("place"), document.get("bucket"), value);
        }

        private static List<@Nullable Object> with(Document document, @Nullable Object value) {
            List<@Nullable Object> keys = new ArrayList<>();
            if (document.get("keys") instanceof Collection<?> there) {
                keys.addAll(there);
            }
            keys.add(value);
            return keys;
        }
    }

    /** The stand-in. */
    private static final class Stored implements AutoCloseable {

        private final @Nullable Path file;
        private LocalMongo mongo;
        private MongoClient client;
        private MongoCollection<Document> things;

        Stored(@Nullable Path file) {
            this.file = file;
            mongo = LocalMongo.start(file, 0);
            client = MongoClients.create(mongo.uri());
            things = client.getDatabase("waybill").getCollection("things");
            things.createIndex(Indexes.ascending("place", "bucket", "keys"), new IndexOptions().unique(true));
        }

        /** The indexes of the refused documents. */
        List<Integer> apply(Step step) {
            try {
                write(step);
                return List.of();
            } catch (MongoBulkWriteException e) {
                assertThat(e.getWriteErrors())
                        .extracting(BulkWriteError::getCode)
                        .containsOnly(DUPLICATE_KEY);
                return e.getWriteErrors().stream().map(BulkWriteError::getIndex).toList();
            } catch (MongoServerException e) {
                assertThat(e.getCode()).as(e.getMessage()).isEqualTo(DUPLICATE_KEY);
                return List.of(0);
            }
        }

        private void write(Step step) {
            Document first = step.first();
            Document own = new Document("_id", first.get("_id"));
            // What is no array can be neither pushed to nor pulled from.
            Document array = new Document(own).append("keys", new Document("$type", "array"));
            switch (step.kind()) {
                case INSERT_IN_ORDER -> things.insertMany(step.documents());
                case INSERT_IN_NO_ORDER -> things.insertMany(step.documents(), new InsertManyOptions().ordered(false));
                case SET_KEYS -> things.updateOne(own, Updates.set("keys", first.get("keys")));
                case SET_PLACE -> things.updateOne(own, Updates.set("place", first.get("place")));
                case SET_OTHER -> things.updateOne(own, Updates.set("other", step.value()));
                case UNSET -> things.updateOne(own, Updates.unset("keys"));
                case PUSH -> things.updateOne(array, Updates.push("keys", step.value()));
                case ADD_TO_SET -> things.updateOne(array, Updates.addToSet("keys", step.value()));
                case PULL -> things.updateOne(array, Updates.pull("keys", step.value()));
                case REPLACE -> things.replaceOne(own, first);
                case REPLACE_OR_INSERT -> things.replaceOne(own, first, new ReplaceOptions().upsert(true));
                case FIND_AND_SET -> things.findOneAndUpdate(own, Updates.set("keys", first.get("keys")));
                case FIND_AND_REPLACE -> things.findOneAndReplace(own, first);
                case DELETE -> things.deleteOne(own);
                case REOPEN -> reopen();
            }
        }

        private void reopen() {
            if (file != null) {
                close();
                mongo = LocalMongo.start(file, 0);
                client = MongoClients.create(mongo.uri());
                things = client.getDatabase("waybill").getCollection("things");
            }
        }

        String all() {
            Map<Integer, Document> all = new TreeMap<>();
            things.find().forEach(document -> all.put(document.getInteger("_id"), document));
            return text(all);
        }

        List<Integer> holders(Object key) {
            return things.find(new Document("place", "x").append("bucket", "b").append("keys", key))
                    .sort(new Document("_id", 1))
                    .map(found -> found.getInteger("_id"))
                    .into(new ArrayList<>());
        }

        @Override
        public void close() {
            client.close();
            mongo.close();
        }
    }
}
