package dev.waybill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LinearRegexTests {

    private static final String EVIL = "(a*)*(a*)*b";

    private final LocalMongo mongo = LocalMongo.start(null, 0);
    private final MongoClient client = MongoClients.create(mongo.uri());
    private final MongoCollection<Document> texts =
            client.getDatabase("waybill").getCollection("texts");

    @BeforeAll
    void fill() {
        texts.insertMany(IntStream.range(0, 50)
                .mapToObj(i -> new Document("_id", i).append("x", "a".repeat(4_000) + "!"))
                .toList());
        texts.insertOne(new Document("_id", "ä").append("x", "Ärger"));
    }

    @AfterAll
    void stop() {
        client.close();
        mongo.close();
    }

    @Test
    void everyKindOfQueryIsLinear() {
        Document regex = new Document("x", new Document("$regex", EVIL));
        assertThat(found(regex)).isEmpty();
        assertThat(found(new Document("x", Pattern.compile(EVIL)))).isEmpty();
        assertThat(found(new Document("$nor", List.of(regex)))).hasSize(51);
        assertThat(found(new Document("x", new Document("$in", List.of(Pattern.compile(EVIL))))))
                .isEmpty();
        assertThat(texts.countDocuments(regex)).isZero();
        assertThat(texts.aggregate(List.of(new Document("$match", regex)))).isEmpty();
        assertThat(found(new Document("x", new Document("$regex", "^ä").append("$options", "i"))))
                .hasSize(1);
    }

    @Test
    void lettersOnWhichTheEngineWouldLoopEnd() {
        assertThat(found(new Document("x", new Document("$regex", "a?ᲀ").append("$options", "i"))))
                .isEmpty();
    }

    @Test
    void aQueryEndsWhenItsTimeIsOver() {
        assertThatExceptionOfType(MongoExecutionTimeoutException.class)
                .isThrownBy(() -> texts.find(new Document("x", new Document("$regex", EVIL)))
                        .maxTime(1, TimeUnit.MILLISECONDS)
                        .into(new ArrayList<>()));
    }

    @Test
    void anInvalidExpressionIsAnError() {
        assertThatExceptionOfType(MongoCommandException.class)
                .isThrownBy(() -> found(new Document("x", new Document("$regex", "(?=a)"))))
                .matches(refused -> refused.getErrorCode() == 51_091);
    }

    private List<Document> found(Document query) {
        return texts.find(query).into(new ArrayList<>());
    }
}
