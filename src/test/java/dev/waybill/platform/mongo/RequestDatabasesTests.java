package dev.waybill.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import dev.waybill.local.LocalMongo;
import dev.waybill.platform.deadline.RequestDeadline;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.testing.Relay;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** The database falls silent, which the driver's own time-outs would bear for ever. */
class RequestDatabasesTests {

    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final LocalMongo server = LocalMongo.start(null, 0);
    private final Relay relay = Relay.to(server.port());
    private final Queue<Duration> serverTimes = new ConcurrentLinkedQueue<>();
    private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:" + relay.port()))
            .addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (event.getCommandName().equals("aggregate")) {
                        serverTimes.add(Duration.ofMillis(
                                event.getCommand().getNumber("maxTimeMS").longValue()));
                    }
                }
            })
            .build());
    private final MongoTemplate mongo = new MongoTemplate(new RequestDatabases(client, "waybill"));
    private final MongoWrites writes = new MongoWrites(mongo);

    @Document("things")
    record Thing(@Id String id, int count) {}

    @BeforeEach
    void open() {
        mongo.insert(new Thing("a", 1));
    }

    @AfterEach
    void close() {
        client.close();
        relay.close();
        server.close();
    }

    @Test
    void everyOperationWorksWithinItsTime() {
        try (RequestDeadline.Section request = RequestDeadline.open(SOON)) {
            assertThat(writes.insertAll(Thing.class, List.of(new Thing("b", 1), new Thing("a", 2))))
                    .containsExactly(WriteOutcome.DONE, WriteOutcome.DUPLICATE_KEY);
            assertThat(writes.update(Thing.class, thing("a"), Update.update("count", 3)))
                    .isEqualTo(WriteOutcome.DONE);
            assertThat(writes.updateAll(Thing.class, both())).isEqualTo(WriteOutcome.DONE);
            assertThat(mongo.findAndModify(thing("b"), Update.update("count", 5), Thing.class))
                    .isNotNull();
            assertThat(mongo.find(new Query(), Thing.class)).hasSize(2);
            assertThat(mongo.stream(new Query(), Thing.class)).hasSize(2);
            assertThat(mongo.count(new Query(), Thing.class)).isEqualTo(2);
            assertThat(mongo.remove(thing("b"), Thing.class).getDeletedCount()).isOne();
        }
    }

    @Test
    void aReadEndsWithItsRequest() {
        relay.freeze();
        try (RequestDeadline.Section request = RequestDeadline.open(DEADLINE)) {
            long begun = System.nanoTime();
            Throwable failure = catchThrowable(() -> mongo.findById("a", Thing.class));

            assertThat(MongoFailures.isUnavailable(failure)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }

    @Test
    void aWriteThatEndsWithItsRequestIsUnknown() {
        relay.freeze();
        try (RequestDeadline.Section request = RequestDeadline.open(DEADLINE)) {
            assertThat(writes.insertAll(Thing.class, List.of(new Thing("b", 1), new Thing("c", 1))))
                    .containsExactly(WriteOutcome.UNKNOWN, WriteOutcome.UNKNOWN);
        }
        try (RequestDeadline.Section request = RequestDeadline.open(DEADLINE)) {
            assertThat(writes.update(Thing.class, thing("a"), Update.update("count", 2)))
                    .isEqualTo(WriteOutcome.UNKNOWN);
        }
        try (RequestDeadline.Section request = RequestDeadline.open(DEADLINE)) {
            assertThat(writes.updateAll(Thing.class, both())).isEqualTo(WriteOutcome.UNKNOWN);
        }
    }

    @Test
    void aListGoesByItsOwnTimeOnTheServerAndByTheRequestsHere() {
        MongoPages pages = new MongoPages(mongo, MongoPropertiesTests.defaults());
        try (RequestDeadline.Section request = RequestDeadline.open(SOON)) {
            assertThat(pages.aggregate(Thing.class, List.of())).hasSize(1);
        }
        assertThat(serverTimes).containsExactly(MongoPropertiesTests.defaults().queryTimeout());

        relay.freeze();
        try (RequestDeadline.Section request = RequestDeadline.open(DEADLINE)) {
            Throwable failure = catchThrowable(() -> pages.aggregate(Thing.class, List.of()));

            assertThat(failure).isNotInstanceOf(WaybillException.class);
            assertThat(MongoFailures.isUnavailable(failure)).isTrue();
        }
    }

    @Test
    void whoseTimeIsOverAsksNoMore() {
        try (RequestDeadline.Section request = RequestDeadline.open(Duration.ofMillis(1))) {
            await().until(() -> RequestDeadline.left().isZero());

            assertThatThrownBy(() -> writes.update(Thing.class, thing("a"), Update.update("count", 2)))
                    .satisfies(failure -> {
                        assertThat(MongoFailures.isUnavailable(failure)).isTrue();
                        assertThat(MongoFailures.mayHaveArrived(failure)).isFalse();
                    });
        }
        assertThat(mongo.findById("a", Thing.class)).isEqualTo(new Thing("a", 1));
    }

    private static Query thing(String id) {
        return query(where("_id").is(id));
    }

    private static Map<Query, Update> both() {
        Map<Query, Update> updates = new LinkedHashMap<>();
        updates.put(thing("a"), Update.update("count", 4));
        updates.put(thing("b"), Update.update("count", 4));
        return updates;
    }
}
