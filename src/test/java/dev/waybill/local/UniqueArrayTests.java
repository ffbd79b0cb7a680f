package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What MongoDB documents of unique indexes over an array holds on the stand-in: unique between documents for each
 * element, not within one; null and a field that is not there are one value.
 */
@ParameterizedClass(name = "in {0}")
@ValueSource(strings = {"memory", "a file"})
class UniqueArrayTests {

    private static final int DUPLICATE_KEY = 11000;
    private static final int PARALLEL_ARRAYS = 171;

    @TempDir
    Path folder;

    @Parameter
    String where;

    private LocalMongo mongo;
    private MongoClient client;
    private MongoCollection<Document> things;

    @BeforeEach
    void start() {
        open();
        things.createIndex(
                Indexes.ascending("namespace_id", "bucket_id", "keys"),
                new IndexOptions().unique(true).name("one_per_key"));
    }

    @AfterEach
    void stop() {
        client.close();
        mongo.close();
    }

    @Test
    void anElementIsInOneDocumentOnly() {
        things.insertOne(thing(1, "a", "b"));

        MongoException refused = refused(() -> things.insertOne(thing(2, "c", "b")));

        assertThat(refused.getMessage()).contains("one_per_key", "keys: \"b\"");
        assertThat(ids(new Document())).containsExactly(1);
        things.insertOne(thing(3, "c"));
    }

    @Test
    void oneDocumentMayHaveAnElementTwice() {
        things.insertOne(thing(1, "a", "a"));
        things.updateOne(byId(1), Updates.push("keys", "a"));

        assertThat(things.find(byId(1)).first()).isEqualTo(thing(1, "a", "a", "a"));
        refused(() -> things.insertOne(thing(2, "a")));
        things.updateOne(byId(1), Updates.set("keys", List.of("b")));
        things.insertOne(thing(2, "a"));
    }

    @Test
    void theFieldsBeforeTheArrayBelongToTheKey() {
        things.insertOne(thing(1, "a"));
        things.insertOne(thing(2, "a").append("bucket_id", "other"));
        things.insertOne(thing(3, "a").append("namespace_id", "other"));

        refused(() -> things.updateOne(byId(2), Updates.set("bucket_id", "bkt")));
        things.deleteOne(byId(1));
        things.updateOne(byId(2), Updates.set("bucket_id", "bkt"));
        refused(() -> things.insertOne(thing(4, "a")));
    }

    @Test
    void aScalarAndAnElementAreOneKey() {
        things.insertOne(thing(1).append("keys", "a"));
        refused(() -> things.insertOne(thing(2, "b", "a")));
        things.insertOne(thing(3, 1));
        refused(() -> things.insertOne(thing(4).append("keys", 1.0)));
    }

    @Test
    void everyWayToChangeAnArrayIsChecked() {
        things.insertOne(thing(1, "a"));
        things.insertOne(thing(2, "b"));

        refused(() -> things.updateOne(byId(2), Updates.set("keys", List.of("c", "a"))));
        refused(() -> things.updateOne(byId(2), Updates.addToSet("keys", "a")));
        refused(() -> things.updateOne(byId(2), Updates.push("keys", "a")));
        refused(() -> things.updateOne(byId(2), Updates.set("keys.0", "a")));
        refused(() -> things.replaceOne(byId(2), thing(2, "a")));
        refused(() -> things.findOneAndUpdate(byId(2), Updates.addToSet("keys", "a")));
        refused(() -> things.findOneAndReplace(byId(2), thing(2, "a", "c")));

        assertThat(things.find(byId(2)).first()).isEqualTo(thing(2, "b"));
        things.insertOne(thing(3, "c"));
    }

    @Test
    void whatAnUpdateRemovesIsFree() {
        things.insertOne(thing(1, "a", "b", "c"));

        things.updateOne(byId(1), Updates.pull("keys", "a"));
        things.insertOne(thing(2, "a"));
        things.replaceOne(byId(1), thing(1, "c", "d"));
        things.insertOne(thing(3, "b"));
        things.findOneAndUpdate(byId(1), Updates.set("keys", List.of("e")));
        things.insertOne(thing(4, "c", "d"));
        Document now = things.findOneAndReplace(
                byId(1), thing(1, "f"), new FindOneAndReplaceOptions().returnDocument(ReturnDocument.AFTER));
        assertThat(now).isEqualTo(thing(1, "f"));
        things.insertOne(thing(5, "e"));
    }

    @Test
    void otherFieldsChangeFreely() {
        things.insertOne(thing(1, "a", "b"));
        things.insertOne(thing(2, "c"));

        things.updateMany(new Document(), Updates.set("name", "new"));
        things.findOneAndUpdate(byId(1), Updates.inc("version", 1), new FindOneAndUpdateOptions().upsert(true));

        assertThat(ids(new Document("name", "new"))).containsExactly(1, 2);
        refused(() -> things.insertOne(thing(3, "b")));
    }

    @Test
    void deletingFreesEveryElement() {
        things.insertOne(thing(1, "a", "b"));
        things.insertOne(thing(2, "c"));
        things.deleteOne(byId(1));
        things.insertOne(thing(3, "b", "a"));
        things.findOneAndDelete(byId(3));
        things.deleteMany(new Document("keys", "c"));

        things.insertOne(thing(4, "a", "b", "c"));
    }

    @Test
    void anOrderedInsertOfManyStopsAtTheFirstRefusedOne() {
        things.insertOne(thing(1, "a"));
        MongoBulkWriteException refused = catchThrowableOfType(
                MongoBulkWriteException.class,
                () -> things.insertMany(List.of(thing(2, "b"), thing(3, "c", "a"), thing(4, "d"))));

        assertThat(refused.getWriteErrors())
                .extracting(BulkWriteError::getIndex)
                .containsExactly(1);
        assertThat(refused.getWriteErrors().getFirst().getCode()).isEqualTo(DUPLICATE_KEY);
        assertThat(refused.getWriteResult().getInsertedCount()).isOne();
        assertThat(ids(new Document())).containsExactly(1, 2);
    }

    @Test
    void anUnorderedInsertOfManyReportsEachRefusedOne() {
        things.insertOne(thing(1, "a"));
        MongoBulkWriteException refused = catchThrowableOfType(
                MongoBulkWriteException.class,
                () -> things.insertMany(
                        List.of(thing(2, "a"), thing(3, "b"), thing(4, "c", "b"), thing(5, "c"), thing(1, "d")),
                        new InsertManyOptions().ordered(false)));

        assertThat(refused.getWriteErrors())
                .extracting(BulkWriteError::getIndex)
                .containsExactly(0, 2, 4);
        assertThat(refused.getWriteErrors())
                .extracting(BulkWriteError::getMessage)
                .satisfiesExactly(
                        message -> assertThat(message).contains("one_per_key"),
                        message -> assertThat(message).contains("one_per_key"),
                        message -> assertThat(message).contains("_id_"));
        assertThat(refused.getWriteResult().getInsertedCount()).isEqualTo(2);
        assertThat(ids(new Document())).containsExactly(1, 3, 5);
    }

    @Test
    void anUpsertIsCheckedLikeAnInsert() {
        UpdateOptions upsert = new UpdateOptions().upsert(true);
        things.updateOne(byId(1), scope(Updates.addToSet("keys", "a")), upsert);

        refused(() -> things.updateOne(byId(2), scope(Updates.set("keys", List.of("b", "a"))), upsert));
        assertThat(ids(new Document())).containsExactly(1);
        things.updateOne(byId(2), scope(Updates.set("keys", List.of("b"))), upsert);
        assertThat(things.find(byId(2)).first()).isEqualTo(thing(2, "b"));
    }

    @Test
    void nullAndAMissingFieldAreOneValue() {
        things.insertOne(thing(1).append("keys", null));
        Document without = thing(2);
        without.remove("keys");

        refused(() -> things.insertOne(without));
        refused(() -> things.insertOne(thing(2, "a", null)));
        refused(() -> things.insertMany(List.of(without)));
        things.updateOne(byId(1), Updates.set("keys", List.of("b")));
        things.insertOne(without);
        refused(() -> things.updateOne(byId(1), Updates.unset("keys")));
        assertThat(ids(scope().append("keys", null))).containsExactly(2);
    }

    @Test
    void anEmptyArrayIsAValueOfItsOwn() {
        things.insertOne(thing(1));
        things.insertOne(thing(2).append("keys", null));

        refused(() -> things.insertOne(thing(3)));
        things.insertOne(thing(3, "a"));
        refused(() -> things.updateOne(byId(3), Updates.pull("keys", "a")));
        things.updateOne(byId(1), Updates.push("keys", "b"));
        things.updateOne(byId(3), Updates.pull("keys", "a"));
        assertThat(ids(scope().append("keys", List.of()))).containsExactly(3);
        things.deleteOne(byId(3));
        things.insertOne(thing(4));
    }

    @Test
    void twoArraysInOneIndexAreRefused() {
        MongoServerException refused = catchThrowableOfType(
                MongoServerException.class,
                () -> things.insertOne(thing(1, "a").append("bucket_id", List.of("b", "c"))));
        assertThat(refused.getCode()).isEqualTo(PARALLEL_ARRAYS);
        assertThat(ids(new Document())).isEmpty();
    }

    @Test
    void arraysWithinArraysAreElements() {
        things.insertOne(thing(1, List.of("a", "b")));
        refused(() -> things.insertOne(thing(2, "c", List.of("a", "b"))));
        things.insertOne(thing(3, "a", List.of("b", "a")));
    }

    @Test
    void aDocumentThatAnIndexFindsTwiceIsReturnedOnce() {
        things.createIndex(Indexes.ascending("words"), new IndexOptions().unique(true));
        things.insertOne(thing(1, "a", "b").append("words", List.of("a", "b")));
        things.insertOne(thing(2, "c").append("words", List.of("c")));

        assertThat(ids(new Document("words", new Document("$in", List.of("a", "b", "c")))))
                .containsExactly(1, 2);
        assertThat(ids(scope().append("keys", new Document("$in", List.of("c", "b", "a")))))
                .containsExactly(1, 2);
        assertThat(ids(new Document("words", List.of("a", "b")))).containsExactly(1);
        assertThat(ids(scope().append("keys", List.of("a", "b")))).containsExactly(1);
        assertThat(ids(scope().append("keys", new Document("$all", List.of("b", "a")))))
                .containsExactly(1);
        assertThat(ids(new Document("words", new Document("$regex", "[ab]")))).containsExactly(1);
    }

    @Test
    void anIndexThatDocumentsViolateIsNotCreated() {
        things.insertOne(thing(1, "a").append("words", List.of("x", "y")));
        things.insertOne(thing(2, "b").append("words", List.of("z", "x")));

        refused(() -> things.createIndex(Indexes.ascending("words"), new IndexOptions().unique(true)));
        refused(() -> things.createIndex(Indexes.ascending("words"), new IndexOptions().unique(true)));
        things.updateOne(byId(2), Updates.pull("words", "x"));
        things.createIndex(Indexes.ascending("words"), new IndexOptions().unique(true));
        refused(() -> things.updateOne(byId(2), Updates.push("words", "y")));
    }

    @Test
    void uniquenessSurvivesARestart() {
        things.insertMany(List.of(thing(1, "a", "b"), thing(2)));
        stop();
        open();
        if (where.equals("memory")) {
            assertThat(ids(new Document())).isEmpty();
            return;
        }
        refused(() -> things.insertOne(thing(3, "b")));
        refused(() -> things.insertOne(thing(3)));
        things.updateOne(byId(1), Updates.pull("keys", "b"));
        things.deleteOne(byId(2));
        stop();
        open();
        things.insertMany(List.of(thing(3, "b"), thing(2)));
        refused(() -> things.insertOne(thing(4, "a")));
    }

    private void open() {
        mongo = LocalMongo.start(where.equals("memory") ? null : folder.resolve("data.mv"), 0);
        client = MongoClients.create(mongo.uri());
        things = client.getDatabase("waybill").getCollection("things");
    }

    private static MongoException refused(Runnable write) {
        MongoException refused = catchThrowableOfType(MongoException.class, write::run);
        assertThat(refused).isNotNull();
        int code = refused instanceof MongoBulkWriteException bulk
                ? bulk.getWriteErrors().getFirst().getCode()
                : refused.getCode();
        assertThat(code).as(refused.getMessage()).isEqualTo(DUPLICATE_KEY);
        return refused;
    }

    private static Document thing(int id, @Nullable Object... keys) {
        return scope().append("_id", id).append("keys", new ArrayList<>(Arrays.asList(keys)));
    }

    private static Document scope() {
        return new Document("namespace_id", "ns").append("bucket_id", "bkt");
    }

    private static Bson scope(Bson change) {
        return Updates.combine(Updates.setOnInsert(scope()), change);
    }

    private static Document byId(int id) {
        return new Document("_id", id);
    }

    private List<Integer> ids(Document query) {
        return things.find(query)
                .sort(new Document("_id", 1))
                .map(found -> found.getInteger("_id"))
                .into(new ArrayList<>());
    }
}
