package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connections.Connections;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.SyncProperties;
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

/** Syncs of an unusable connection are paused, and events emitted once, through crashes. */
@Order(4)
class ConnectionSyncsTests extends SyncBench {

    private static final Duration IDLE = Duration.ofMinutes(15);

    private final RememberedEvents outbox = new RememberedEvents();
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
    void allArePausedAndTheirEventsEmittedPageByPage() {
        List<SyncEntity> all = many(120);
        syncs.pause(all.get(7), new Pause("mine", clock.instant(), "usr_1")).orElseThrow();

        connected(outbox).archived(sync.organizationId(), sync.connection());

        assertThat(all).extracting(one -> reread(one).paused().reason()).containsOnly("connection archived", "mine");
        assertThat(reread(all.get(7)).paused().reason()).isEqualTo("mine");
        assertThat(outbox.all()).hasSize(119).allSatisfy(event -> {
            assertThat(event.eventType()).isEqualTo("sync.suspended");
            assertThat(event.metadata())
                    .containsEntry("reason", "connection archived")
                    .containsEntry("bucket_id", workspace.bucket())
                    .containsEntry("connection_id", sync.connectionId());
        });
        all.forEach(this::check);
        assertThat(outbox.all())
                .as("no event is emitted twice, or for a caller's own pause")
                .hasSize(119);
    }

    @Test
    void checksRecoverThePausesThatACrashPrevented() {
        List<SyncEntity> all = many(250);
        FailingAfter dying = new FailingAfter(outbox, 1);

        assertThatThrownBy(() -> connected(dying).suspended(sync.organizationId(), sync.connection()))
                .isInstanceOf(IllegalStateException.class);

        assertThat(outbox.all()).hasSize(100);
        assertThat(all).filteredOn(one -> reread(one).paused() == null).hasSize(50);
        connectionIs("SUSPENDED");
        all.forEach(one -> mongo.getCollection(SyncEntity.COLLECTION)
                .updateOne(
                        new Document("_id", one.key()).append("paused", null),
                        new Document("$set", new Document("next_sync_at", java.util.Date.from(Instant.EPOCH)))));

        all.forEach(this::check);

        assertThat(all).allSatisfy(one -> {
            assertThat(reread(one).paused().reason()).isEqualTo("connection suspended");
            assertThat(reread(one).current()).as("no run is begun").isNull();
        });
        assertThat(outbox.all())
                .extracting(event -> event.subject().id())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(SyncEntity::syncId).toList());
    }

    @Test
    void aSuspensionForFailuresIsEmittedOnceHoweverOftenTheSyncIsChecked() {
        script.on(Call.LIST).fails(Diagnosis.ACCESS_DENIED);
        mongo.getCollection(SyncEntity.COLLECTION)
                .updateOne(
                        new Document("_id", sync.key()),
                        new Document("$set", new Document("failures", RunCompletion.MAX_FAILURES - 1)));
        String id = start(sync, RunMode.INCREMENTAL);
        work(hand(sync, id));
        SyncEvents events = new SyncEvents(outbox);

        events.ended(reread(), ended(sync, id));
        check(sync);

        assertThat(outbox.all()).extracting(PublicEvent::eventType).containsExactly("sync.failed", "sync.suspended");
        assertThat(outbox.all().getLast().metadata()).containsEntry("reason", "ACCESS_DENIED");
    }

    @Test
    void eventsOfOldPausesAreNotEmittedAgain() {
        syncs.pause(sync, new Pause("connection suspended", clock.instant().minus(Duration.ofDays(2)), null))
                .orElseThrow();

        assertThat(check(sync)).isEqualTo(new TaskOutcome.Later(IDLE));

        assertThat(outbox.all()).isEmpty();
    }

    private TaskOutcome check(SyncEntity one) {
        SyncCheck task = new SyncCheck(
                syncs,
                SERVICE.bean(SyncRuns.class),
                connected(outbox),
                new SyncEvents(outbox),
                SERVICE.bean(SyncProperties.class),
                clock);
        return task.run(new HandRun(any, one.key()));
    }

    private ConnectionSyncs connected(EventOutbox outbox) {
        return new ConnectionSyncs(syncs, SERVICE.bean(Connections.class), new SyncEvents(outbox), clock);
    }

    /** Sets the stored status alone, so that no module is notified. */
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

    /** Passes the first few calls on, and fails at the next. */
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
        public void publishMissing(List<PublicEvent> events) {
            throw new UnsupportedOperationException();
        }
    }
}
