package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.connections.Connection;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles;
import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.SourceException;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.Tasks;
import dev.waybill.testing.Latches;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** One run at a time, with one worker that holds the fence. */
@Order(4)
class SyncTakeoverTests extends SyncBench {

    @Test
    void ofTwoTriggersOneIsRefusedAndNamesTheOther() {
        String first = start(sync, RunMode.INCREMENTAL);

        assertThatThrownBy(() -> start(sync, RunMode.INCREMENTAL))
                .isInstanceOfSatisfying(WaybillException.class, refused -> {
                    assertThat(refused.code().name()).isEqualTo("CONFLICT");
                    assertThat(refused.details()).containsEntry("sync_job_id", first);
                });

        work(hand(sync, first));
        assertThat(reread().runCounter()).isOne();
        start(sync, RunMode.INCREMENTAL);
        assertThat(reread().runCounter()).isEqualTo(2);
    }

    @Test
    void ofManyTriggersAtOnceOneBeginsARun() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Callable<Boolean> trigger = () -> {
            go.await();
            try {
                start(sync, RunMode.INCREMENTAL);
                return true;
            } catch (WaybillException refused) {
                return false;
            }
        };
        var all = java.util.stream.IntStream.range(0, 8)
                .mapToObj(i -> meanwhile(() -> {
                    try {
                        return trigger.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        go.countDown();

        assertThat(all.stream().filter(CompletableFuture::join).count()).isOne();
        assertThat(reread().runCounter()).isOne();
    }

    @Test
    void aStaleWorkerWritesNothingAndTotalsAreExact() throws Exception {
        putMany("f", 30);
        script.pagesOf(10);
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        script.on(Call.OPEN).of("f00015").once().does(() -> {
            asleep.countDown();
            Latches.await(wake);
        });
        String id = start(sync, RunMode.INCREMENTAL);
        CompletableFuture<TaskOutcome> stale = meanwhile(() -> work(hand(sync, id)));
        asleep.await();

        TaskOutcome taken = work(hand(sync, id));

        assertThat(taken).isInstanceOf(TaskOutcome.Completed.class);
        put("f00015", "changed since");
        wake.countDown();
        assertThat(stale.get()).isInstanceOf(TaskOutcome.Canceled.class);
        SyncRunEntity run = ended(sync, id);
        assertThat(run.attempts()).isEqualTo(2);
        assertThat(run.listing().listed()).isEqualTo(30);
        assertThat(run.listing().matched()).isEqualTo(30);
        assertThat(run.outcomes().created()).isEqualTo(30);
        assertHas(30);
        assertThat(reread().totals().discovered()).isEqualTo(30);
        assertThat(reread().totals().synced()).isEqualTo(30);
        assertThat(row("f00015").version()).doesNotContain("changed");
        assertThat(run().outcomes().updated()).isOne();
        assertThat(text("f00015")).isEqualTo("changed since");
    }

    @Test
    void aStaleWorkerThatFailsDoesNotEndTheRunOfAnother() throws Exception {
        putMany("f", 3);
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        script.on(Call.LIST).once().fails(() -> {
            asleep.countDown();
            Latches.await(wake);
            return new SourceException(Diagnosis.BROKEN_LISTING, "The listing is broken");
        });
        String id = start(sync, RunMode.INCREMENTAL);
        CompletableFuture<TaskOutcome> stale = meanwhile(() -> work(hand(sync, id)));
        asleep.await();
        CountDownLatch copying = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        script.on(Call.OPEN).of("f00001").once().does(() -> {
            copying.countDown();
            Latches.await(finish);
        });
        CompletableFuture<TaskOutcome> taken = meanwhile(() -> work(hand(sync, id)));
        copying.await();

        wake.countDown();

        assertThat(stale.get()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(reread().current()).as("the run that goes").isNotNull();
        finish.countDown();
        assertThat(taken.get()).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(ended(sync, id).outcomes().created()).isEqualTo(3);
        assertHas(3);
        assertThat(reread().failures()).isZero();
    }

    @Test
    void aCanceledWorkerStopsInTheMiddleOfAFile() throws Exception {
        putMany("f", 5);
        // Longer to read than anybody takes to notice.
        put("f00003", Draft.of(Content.zeros(16 << 20)));
        CountDownLatch reading = new CountDownLatch(1);
        script.on(Call.READ).of("f00003").does(() -> {
            reading.countDown();
            linger(5);
        });
        String id = start(sync, RunMode.INCREMENTAL);
        HandRun hand = hand(sync, id);
        CompletableFuture<TaskOutcome> working = meanwhile(() -> work(hand));
        reading.await();

        hand.stop();

        assertThat(working.get()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(ledger.find(sync.key(), "f00003")).isEmpty();
        script.behave();
        work(hand(sync, id));
        assertHas(5);
        assertThat(reread().totals().synced()).isEqualTo(5);
    }

    @Test
    void aRunClaimedAfterAPathChangeListsTheNewPathFromItsStart() {
        putMany("f", 6);
        put("sub/a", "of the folder");
        script.pagesOf(2);
        String id = start(sync, RunMode.INCREMENTAL);
        script.on(Call.LIST).nth(3).does(() -> {
            await().until(() -> rows(State.SYNCED).size() == 4);
            throw new IllegalStateException("the worker dies");
        });
        assertThatThrownBy(() -> work(hand(sync, id))).hasMessage("the worker dies");
        assertThat(runs.find(sync, id).orElseThrow().listing().cursor()).isNotNull();
        assertThat(syncs.change(reread(), new With(source + "/sub").settings(), true, true, Instant.now()))
                .isPresent();

        work(hand(sync, id));

        SyncRunEntity run = ended(sync, id);
        assertThat(run.listing().from()).isNull();
        assertThat(run.listing().complete()).isTrue();
        assertThat(run.listing().listed()).isOne();
        assertThat(text("sub/a")).isEqualTo("of the folder");
    }

    @Test
    void aRunWithoutDocumentAndTaskIsRecovered() {
        put("a", "bytes");
        String id = UUID.randomUUID().toString();
        SyncEntity begun = syncs.begin(sync, new Current(id, Trigger.MANUAL, RunMode.INCREMENTAL, Instant.now(), null))
                .orElseThrow();
        assertThat(runs.find(sync, id)).isEmpty();

        SERVICE.bean(SyncRuns.class).reconcile(begun);

        work(hand(sync, id));
        assertThat(ended(sync, id).outcomes().created()).isOne();
        assertHas(Map.of("a", "bytes"));
    }

    @Test
    void aRunWhoseTaskWasCanceledIsEndedAndTheNextOneMayBegin() {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);
        SERVICE.bean(Tasks.class).cancel(sync.organizationId(), new TaskId(id));

        SERVICE.bean(SyncRuns.class).reconcile(reread());

        assertThat(ended(sync, id).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(reread().current()).isNull();
        assertThat(run().outcomes().created()).isOne();
    }

    @Test
    void aRunIsCanceledByTheApi() {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);

        SyncRunEntity canceled = SERVICE.bean(SyncRuns.class).cancel(reread(), id);

        assertThat(canceled.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(SERVICE.bean(SyncRuns.class).cancel(reread(), id).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(reread().current()).isNull();
        assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(objects()).isEmpty();
    }

    @Test
    void aRunOfASyncThatIsDeletedStops() throws Exception {
        putMany("f", 20);
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch wake = new CountDownLatch(1);
        script.on(Call.OPEN).of("f00019").once().does(() -> {
            asleep.countDown();
            Latches.await(wake);
        });
        String id = start(sync, RunMode.INCREMENTAL);
        CompletableFuture<TaskOutcome> working = meanwhile(() -> work(hand(sync, id)));
        asleep.await();

        SERVICE.bean(SyncDeletion.class).begin(reread());
        wake.countDown();

        assertThat(working.get()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(syncs.find(sync.key())).isEmpty();
        assertThat(objects().size()).isLessThan(20);
    }

    @Test
    void aRunStopsInTheMiddleOfAFileWhenItsConnectionMayNotBeUsedAnyMore() throws Exception {
        put("big", ScriptedFiles.Draft.of(ScriptedFiles.Content.zeros(64L << 20)));
        CountDownLatch reading = new CountDownLatch(1);
        script.on(Call.READ).of("big").does(() -> {
            reading.countDown();
            linger(50);
        });
        String id = start(sync, RunMode.INCREMENTAL);
        CompletableFuture<TaskOutcome> working = meanwhile(() -> work(hand(sync, id)));
        reading.await();
        Connections connections = SERVICE.bean(Connections.class);
        Connection connection =
                connections.find(sync.organizationId(), sync.connection()).orElseThrow();
        for (int i = 0; i < 5; i++) {
            connections.failed(connection, Diagnosis.ACCESS_DENIED, "It may not list");
        }
        assertThat(reread().paused()).isNotNull();

        assertThat(working.get()).isInstanceOf(TaskOutcome.Failed.class);

        assertThat(ended(sync, id).failure().code()).isEqualTo("CONNECTION_NOT_ACTIVE");
        assertThat(reread().current()).isNull();
        assertThat(reread().paused().reason()).isEqualTo("connection suspended");
        assertThat(objects()).isEmpty();
        assertNothingLeft();
    }

    @Test
    void anUnfinishedEndIsCompletedOnce() {
        putMany("f", 3);
        String id = start(sync, RunMode.INCREMENTAL);
        work(hand(sync, id));
        SyncRunEntity ended = ended(sync, id);

        assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(ended(sync, id).endedAt()).isEqualTo(ended.endedAt());
        assertThat(reread().totals().synced()).isEqualTo(3);
    }

    @Test
    void theCheckStartsDueRuns() {
        put("a", "bytes");
        SyncCheck watch = SERVICE.bean(SyncCheck.class);
        HandRun check = new HandRun(hand(sync, start(sync, RunMode.INCREMENTAL)).task(), sync.key());
        work(hand(sync, reread().current().run()));
        assertThat(reread().nextSyncAt())
                .isBetween(Instant.now().plusSeconds(290), Instant.now().plusSeconds(331));

        assertThat(watch.run(check))
                .isInstanceOfSatisfying(
                        TaskOutcome.Later.class,
                        later -> assertThat(later.after()).isBetween(Duration.ofSeconds(280), Duration.ofSeconds(331)));
        assertThat(reread().current()).isNull();

        SyncEntity due = syncs.pause(reread(), new SyncEntity.Pause("rest", Instant.now(), null))
                .orElseThrow();
        assertThat(watch.run(check)).isEqualTo(new TaskOutcome.Later(Duration.ofMinutes(15)));
        syncs.resume(due, Instant.now().minusSeconds(1)).orElseThrow();
        watch.run(check);

        assertThat(reread().current().trigger()).isEqualTo(Trigger.SCHEDULE);
        await().until(() -> runs.find(sync, reread().current().run()).isPresent());
    }
}
