package dev.waybill.syncs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connections.Connections;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.syncs.SyncEntity.Pause;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.testing.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What becomes of the syncs of a connection that cannot be used any more, whoever dies meanwhile. */
@Order(4)
class ConnectionSyncsTests extends SyncBench {

    private static final Duration IDLE = Duration.ofMinutes(15);

    private final RememberedEvents told = new RememberedEvents();
    private final InstantSource clock = SERVICE.bean(InstantSource.class);
    private Task any;

    @BeforeEach
    void runOnce() {
        put("a", "bytes");
        String run = start(sync, RunMode.INCREMENTAL);
        any = hand(sync, run).task();
        work(hand(sync, run));
    }

    @Test
    void allArePausedAndToldOfPageByPage() {
        List<SyncEntity> all = many(120);
        syncs.pause(all.get(7), new Pause("mine", clock.instant(), "usr_1")).orElseThrow();

        connected(told).archived(sync.organizationId(), sync.connection());

        assertThat(all).extracting(one -> reread(one).paused().reason()).containsOnly("connection archived", "mine");
        assertThat(reread(all.get(7)).paused().reason()).isEqualTo("mine");
        assertThat(told.all()).hasSize(119).allSatisfy(event -> {
            assertThat(event.eventType()).isEqualTo("sync.suspended");
            assertThat(event.metadata())
                    .containsEntry("reason", "connection archived")
                    .containsEntry("bucket_id", workspace.bucket())
                    .containsEntry("connection_id", sync.connectionId());
        });
        all.forEach(this::watch);
        assertThat(told.all())
                .as("nobody is told twice, nor of one's own pause")
                .hasSize(119);
    }

    @Test
    void whatACrashKeptFromSomeOfThemTheirWatchesMakeUpFor() {
        List<SyncEntity> all = many(250);
        FailingAfter dying = new FailingAfter(told, 1);

        assertThatThrownBy(() -> connected(dying).suspended(sync.organizationId(), sync.connection()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(told.all()).hasSize(100);
        assertThat(all).filteredOn(one -> reread(one).paused() == null).hasSize(50);
        connectionIs("SUSPENDED");
        all.forEach(one -> mongo.getCollection(SyncEntity.COLLECTION)
                .updateOne(
                        new Document("_id", one.key()).append("paused", null),
                        new Document("$set", new Document("next_sync_at", java.util.Date.from(Instant.EPOCH)))));

        all.forEach(this::watch);

        assertThat(all).allSatisfy(one -> {
            assertThat(reread(one).paused().reason()).isEqualTo("connection suspended");
            assertThat(reread(one).current()).as("no run is begun").isNull();
        });
        assertThat(told.all())
                .extracting(event -> event.subject().id())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(SyncEntity::syncId).toList());
    }

    @Test
    void whatWasSuspendedForItsFailuresIsToldOnceHoweverOftenItIsLookedAt() {
        script.on(Call.LIST).fails(Diagnosis.ACCESS_DENIED);
        mongo.getCollection(SyncEntity.COLLECTION)
                .updateOne(
                        new Document("_id", sync.key()),
                        new Document("$set", new Document("failures", RunCompletion.MAX_FAILURES - 1)));
        String id = start(sync, RunMode.INCREMENTAL);
        work(hand(sync, id));
        SyncEvents news = new SyncEvents(told);

        news.ended(reread(), ended(sync, id));
        watch(sync);

        assertThat(told.all()).extracting(PublicEvent::eventType).containsExactly("sync.failed", "sync.suspended");
        assertThat(told.all().getLast().metadata()).containsEntry("reason", "ACCESS_DENIED");
    }

    @Test
    void nobodyIsToldOfWhatIsLongPast() {
        syncs.pause(sync, new Pause("connection suspended", clock.instant().minus(Duration.ofDays(2)), null))
                .orElseThrow();

        assertThat(watch(sync)).isEqualTo(new TaskOutcome.Later(IDLE));

        assertThat(told.all()).isEmpty();
    }

    private TaskOutcome watch(SyncEntity one) {
        SyncCheck watch = new SyncCheck(
                syncs,
                SERVICE.bean(SyncRuns.class),
                connected(told),
                new SyncEvents(told),
                SERVICE.bean(SyncProperties.class),
                clock);
        return watch.run(new HandRun(any, one.key()));
    }

    private ConnectionSyncs connected(EventOutbox outbox) {
        return new ConnectionSyncs(syncs, SERVICE.bean(Connections.class), new SyncEvents(outbox), clock);
    }

    /** As it is stored, so that nobody hears of it. */
    private void connectionIs(String status) {
        mongo.getCollection("connections")
                .updateOne(
                        new Document("connection_id", sync.connectionId()),
                        new Document("$set", new Document("status", status)));
        Answer found = workspace.client().get("/v1/organizations/connections/" + sync.connectionId());
        assertThat(found.at("/status")).as(found.text()).isEqualTo(status);
    }

    /** The sync, and more like it. */
    private List<SyncEntity> many(int count) {
        Document like = mongo.findById(sync.key(), Document.class, SyncEntity.COLLECTION);
        List<Document> copies = new ArrayList<>();
        List<SyncEntity> all = new ArrayList<>(List.of(sync));
        for (int i = 1; i < count; i++) {
            String id = sync.syncId() + "-" + i;
            copies.add(new Document(like).append("_id", scope().key(id)).append("sync_id", id));
        }
        mongo.getCollection(SyncEntity.COLLECTION).insertMany(copies);
        copies.forEach(copy -> all.add(syncs.find(copy.getString("_id")).orElseThrow()));
        return all;
    }

    /** Keeps the first few calls, and dies at the next. */
    private static final class FailingAfter implements EventOutbox {

        private final EventOutbox outbox;
        private int left;

        private FailingAfter(EventOutbox outbox, int calls) {
            this.outbox = outbox;
            this.left = calls;
        }

        @Override
        public void publish(List<PublicEvent> events) {
            if (left == 0) {
                throw new IllegalStateException("it dies here");
            }
            left--;
            outbox.publish(events);
        }

        @Override
        public void makeUp(List<PublicEvent> events) {
            throw new UnsupportedOperationException();
        }
    }
}
