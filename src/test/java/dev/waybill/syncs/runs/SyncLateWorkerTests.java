package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Soak;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stale worker: it stalls in the middle of a run for so long that another one takes over, and wakes up when that one
 * is done, or still at work. Only the fencing token stops it.
 */
@Order(4)
class SyncLateWorkerTests extends SyncBench {

    private static final int FILES = 10;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync.taken-up",
                "sync.page-listed",
                "sync.bytes-stored",
                "sync.objects-written",
                "sync.rows-written",
                "sync.checkpoint-moved",
                "sync.batch-submitted",
                "sync.run-ended",
                "sync.released",
                "sync.told"
            })
    void atWhateverStepItStallsEverythingIsDoneOnce(String step) throws InterruptedException {
        sync = sync(new With(source).batches());
        script.pagesOf(4);
        putMany("f", 4);
        run();
        // Changed ones, new ones, and one that is a duplicate.
        put("f00001", "other bytes of f1");
        put("f00002", "other bytes of f2");
        for (int i = 4; i < FILES - 1; i++) {
            put("f%05d".formatted(i), "bytes of f" + i);
        }
        put("f%05d".formatted(FILES - 1), "bytes of f0");
        String id = start(sync, RunMode.INCREMENTAL);
        Once another = new Once(() -> work(hand(sync, id)));

        TaskOutcome stale = HandWorker.of(SERVICE).with(another.at(step)).task().run(hand(sync, id));

        assertThat(another.outcomes())
                .hasOnlyElementsOfType(TaskOutcome.Completed.class)
                .hasSize(1);
        assertThat(stale).isInstanceOfAny(TaskOutcome.Canceled.class, TaskOutcome.Completed.class);
        SyncRunEntity run = ended(sync, id);
        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().listed()).isEqualTo(FILES);
        assertThat(run.listing().unchanged()).isEqualTo(2);
        assertThat(run.listing().matched()).isEqualTo(8);
        assertThat(run.outcomes().created()).isEqualTo(5);
        assertThat(run.outcomes().updated()).isEqualTo(2);
        assertThat(run.outcomes().duplicate()).isOne();
        assertThat(run.batches()).isOne();
        assertThat(reread().current()).isNull();
        assertThat(reread().runCounter()).isEqualTo(2);
        assertThat(reread().totals().discovered()).isEqualTo(4 + FILES);
        assertThat(reread().totals().synced()).isEqualTo(4 + 7);
        assertThat(reread().totals().failed()).isZero();
        assertThat(reread().batchesCreated()).isEqualTo(2);
        assertThat(text("f00001")).isEqualTo("other bytes of f1");
        assertHas(FILES - 1);
        assertThat(run().listing().unchanged()).isEqualTo(FILES);
    }

    @Test
    void twoConcurrentWorkersDoEverythingOnce() throws InterruptedException {
        int rounds = Soak.count(2, 20);
        script.pagesOf(5);
        putMany("f", 20);
        for (int round = 1; round <= rounds; round++) {
            for (int i = 0; i < 20; i++) {
                put("f%05d".formatted(i), "bytes of %d in round %d".formatted(i, round));
            }
            String id = start(sync, RunMode.INCREMENTAL);
            List<CompletableFuture<TaskOutcome>> others = new ArrayList<>();
            Once another = new Once(() -> {
                others.add(meanwhile(() -> work(hand(sync, id))));
                return new TaskOutcome.Canceled();
            });

            HandWorker.of(SERVICE)
                    .with(another.at("sync.objects-written"))
                    .task()
                    .run(hand(sync, id));

            assertThat(others).hasSize(1);
            assertThat(others.getFirst().join()).isInstanceOf(TaskOutcome.Completed.class);
            Outcomes outcomes = ended(sync, id).outcomes();
            assertThat(outcomes.created() + outcomes.updated()).isEqualTo(20);
            assertThat(ended(sync, id).listing().listed()).isEqualTo(20);
            assertThat(reread().totals().synced()).isEqualTo(20L * round);
            assertHas(20);
        }
    }

    @Test
    void aNewFileIsOneObjectThoughBothWorkersPassedTheFenceCheck() throws InterruptedException {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome stale = pausedBehindCheck(1, () -> work(hand(sync, id))).run(hand(sync, id));

        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(ended(sync, id).outcomes().created()).isOne();
        assertTotals(1, 1, 0, 5);
        assertHas(Map.of("a", "bytes"));
    }

    @Test
    void anOlderVersionIsNotWrittenOverTheNewerOneOfAnother() throws InterruptedException {
        put("a", "the first version");
        run();
        put("a", "the second one");
        String id = start(sync, RunMode.INCREMENTAL);

        // The first check is before the files of a page, the second one before the write of this one.
        TaskOutcome stale = pausedBehindCheck(2, () -> {
                    put("a", "the third version");
                    return work(hand(sync, id));
                })
                .run(hand(sync, id));

        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(ended(sync, id).outcomes().updated()).isOne();
        assertHas(Map.of("a", "the third version"));
        assertTotals(2, 2, 0, 17 + 17);
        assertThat(run().listing().unchanged()).isOne();
    }

    @Test
    void aStaleWorkerThatHasCountedTheRunDoesNotEndIt() throws InterruptedException {
        putMany("f", 3);
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome stale = HandWorker.of(SERVICE)
                .with(pausedBehindCount(() -> {
                    // The other worker has claimed it, and does nothing yet.
                    SyncEntity claimed = syncs.claim(sync.key(), id, "another").orElseThrow();
                    runs.claim(runs.find(sync, id).orElseThrow(), claimed, source)
                            .orElseThrow();
                }))
                .task()
                .run(hand(sync, id));

        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(runs.find(sync, id).orElseThrow().endedAt()).isNull();
        assertThat(reread().current()).as("the run goes").isNotNull();
        assertThat(reread().totals().synced()).isZero();
        assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(ended(sync, id).outcomes().created()).isEqualTo(3);
        assertThat(reread().totals().synced()).isEqualTo(3);
        assertHas(3);
    }

    @Test
    void aRunThatAnotherHasEndedIsNotEndedTwice() throws InterruptedException {
        putMany("f", 3);
        String id = start(sync, RunMode.INCREMENTAL);
        Once another = new Once(() -> work(hand(sync, id)));

        TaskOutcome stale = HandWorker.of(SERVICE)
                .with(pausedBehindCount(another::runOnce))
                .task()
                .run(hand(sync, id));

        assertThat(stale)
                .as("the end that was written first")
                .isEqualTo(another.outcomes().getFirst());
        assertThat(ended(sync, id).outcomes().created()).isEqualTo(3);
        assertThat(reread().totals().synced()).isEqualTo(3);
        assertThat(reread().totals().discovered()).isEqualTo(3);
        assertHas(3);
    }

    @Test
    void aRunThatBeganAfterIsNotTouched() throws InterruptedException {
        put("a", "the first version");
        String id = start(sync, RunMode.INCREMENTAL);
        String[] next = {null};

        TaskOutcome stale = pausedBehindCheck(1, () -> {
                    TaskOutcome done = work(hand(sync, id));
                    put("a", "the second one");
                    next[0] = start(sync, RunMode.INCREMENTAL);
                    return done;
                })
                .run(hand(sync, id));

        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(reread().current().run()).isEqualTo(next[0]);
        assertThat(rows(State.SYNCED)).hasSize(1);
        work(hand(sync, next[0]));
        assertThat(ended(sync, next[0]).outcomes().updated()).isOne();
        assertTotals(2, 2, 0, 17 + 14);
        assertHas(Map.of("a", "the second one"));
    }

    @Test
    void aFileThatIsReadForTooLongIsWrittenByTheOther() throws InterruptedException {
        putMany("f", 6);
        script.pagesOf(2);
        String id = start(sync, RunMode.INCREMENTAL);
        Once another = new Once(() -> work(hand(sync, id)));
        script.on(Call.READ).of("f00003").behind(3).once().does(another::runOnce);

        TaskOutcome stale = SERVICE.bean(SyncTask.class).run(hand(sync, id));

        assertThat(another.outcomes()).hasSize(1);
        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(ended(sync, id).outcomes().created()).isEqualTo(6);
        assertThat(reread().totals().synced()).isEqualTo(6);
        assertHas(6);
    }

    /** A worker that stalls after its n-th check of the fencing token, while others do this. */
    private SyncTask pausedBehindCheck(int nth, Supplier<TaskOutcome> others) {
        AtomicInteger checks = new AtomicInteger();
        SyncStore slow = new SyncStore(mongo, SERVICE.bean(MongoPages.class)) {
            @Override
            boolean holds(String key, String run, long fence) {
                boolean holds = super.holds(key, run, fence);
                if (checks.incrementAndGet() == nth) {
                    assertThat(holds).isTrue();
                    others.get();
                }
                return holds;
            }
        };
        return HandWorker.of(SERVICE).with(slow).task();
    }

    /** A ledger that stalls after the outcomes of a run were counted, while others do this. */
    private LedgerStore pausedBehindCount(Runnable others) {
        return new LedgerStore(mongo, SERVICE.bean(MongoPages.class)) {
            @Override
            Outcomes close(String syncKey, String run, long fence) {
                Outcomes counted = super.close(syncKey, run, fence);
                others.run();
                return counted;
            }
        };
    }

    /** Work that is done at the first call only. */
    private static final class Once {

        private final Supplier<TaskOutcome> work;
        private final AtomicInteger comers = new AtomicInteger();
        private final List<TaskOutcome> outcomes = new CopyOnWriteArrayList<>();

        private Once(Supplier<TaskOutcome> work) {
            this.work = work;
        }

        private void runOnce() {
            if (comers.incrementAndGet() == 1) {
                outcomes.add(work.get());
            }
        }

        private FaultPoints at(String step) {
            return reached -> {
                if (reached.equals(step)) {
                    runOnce();
                }
            };
        }

        /** Empty before the first call. */
        private List<TaskOutcome> outcomes() {
            return outcomes;
        }
    }
}
