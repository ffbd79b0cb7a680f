package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.waybill.testing.Databases;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Update;

/** The primary writes, and no majority answers in time: whether it stays is not known. */
class MongoWritesTests {

    private final Databases.Database database = Databases.STAND_IN.fresh();
    private final MongoTemplate template =
            new MongoTemplate(new SimpleMongoClientDatabaseFactory(database.client(), database.name()) {
                @Override
                public MongoDatabase getMongoDatabase() {
                    return unsure(MongoDatabase.class, super.getMongoDatabase());
                }
            });
    private final MongoWrites writes = new MongoWrites(template);

    @Document("things")
    record Thing(@Id String id, int count) {}

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void insertsAreUnknown() {
        assertThat(writes.insertAll(Thing.class, List.of(new Thing("a", 1), new Thing("b", 1))))
                .containsExactly(WriteOutcome.UNKNOWN, WriteOutcome.UNKNOWN);
    }

    @Test
    void updatesAreUnknown() {
        writes.insertAll(Thing.class, List.of(new Thing("a", 1), new Thing("b", 1)));

        WriteOutcome outcome = writes.updateAll(
                Thing.class,
                Map.of(
                        query(where("_id").is("a")), new Update().set("count", 2),
                        query(where("_id").is("b")), new Update().set("count", 2)));

        assertThat(outcome).isEqualTo(WriteOutcome.UNKNOWN);
        assertThat(template.findAll(Thing.class)).extracting(Thing::count).containsExactly(2, 2);
    }

    @Test
    void conflictsAreReportedAndTheRestIsDone() {
        MongoTemplate sure =
                new MongoTemplate(new SimpleMongoClientDatabaseFactory(database.client(), database.name()));
        sure.insert(new Thing("b", 1));

        assertThat(MongoWrites.taken(inserts(sure, "a", "b", "c"))).containsExactly(1);
        assertThat(sure.findAll(Thing.class)).hasSize(3);
        assertThat(MongoWrites.taken(inserts(sure, "d"))).isEmpty();
    }

    @Test
    void writesThatMayNotStayAreNotReportedAsDone() {
        assertThatThrownBy(() -> MongoWrites.taken(inserts(template, "a"))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> MongoWrites.taken(inserts(template, "a", "b")))
                .isInstanceOf(DataAccessException.class);
    }

    private static BulkOperations inserts(MongoTemplate into, String... ids) {
        return into.bulkOps(BulkOperations.BulkMode.UNORDERED, Thing.class)
                .insert(Arrays.stream(ids).map(id -> new Thing(id, 2)).toList());
    }

    /** Acts, and then says that no majority did. */
    private static <T> T unsure(Class<T> type, T over) {
        return type.cast(Proxy.newProxyInstance(
                MongoWritesTests.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object answer = null;
                    List<BulkWriteError> errors = List.of();
                    try {
                        answer = method.invoke(over, arguments);
                    } catch (InvocationTargetException failed) {
                        if (!(failed.getCause() instanceof MongoBulkWriteException partly)) {
                            throw failed.getCause();
                        }
                        errors = partly.getWriteErrors();
                    }
                    if (method.getName().equals("bulkWrite") || method.getName().equals("insertMany")) {
                        throw new MongoBulkWriteException(
                                BulkWriteResult.unacknowledged(),
                                errors,
                                new WriteConcernError(
                                        64, "WriteConcernTimeout", "waiting timed out", new BsonDocument()),
                                new ServerAddress(),
                                Set.of());
                    }
                    return answer instanceof MongoCollection<?> collection
                            ? unsure(MongoCollection.class, collection)
                            : answer;
                }));
    }
}
