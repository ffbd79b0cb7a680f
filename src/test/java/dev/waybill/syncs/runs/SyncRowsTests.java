package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Races with the ledger writes of a worker. */
@Order(4)
class SyncRowsTests extends SyncBench {

    @Test
    void rowsWrittenAfterTheRunWasCountedAreRevertedAndCountedByTheNextOne() throws Exception {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome stale = worker(write -> {
                    cancel(id);
                    return write.getAsBoolean();
                })
                .run(hand(sync, id));

        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(ended(sync, id).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(ended(sync, id).outcomes().all()).isZero();
        assertThat(row("a").state()).isEqualTo(State.QUEUED);
        assertThat(run().outcomes().synced()).isOne();
        assertThat(reread().totals().synced()).isOne();
        assertHas(Map.of("a", "bytes"));
    }

    @Test
    void rowsCountedWithTheRunAreNotReverted() throws Exception {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome stale = worker(write -> {
                    boolean written = write.getAsBoolean();
                    cancel(id);
                    return written;
                })
                .run(hand(sync, id));

        assertThat(stale).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(ended(sync, id).outcomes().created()).isOne();
        assertThat(run().listing().unchanged()).isOne();
        assertThat(reread().totals().synced()).isOne();
        assertHas(Map.of("a", "bytes"));
    }

    @Test
    void aWorkerWhoseFirstRowsConflictRetriesTheWrite() throws Exception {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome outcome = worker(write -> false).run(hand(sync, id));

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(ended(sync, id).outcomes().created()).isOne();
        assertHas(Map.of("a", "bytes"));
    }

    private void cancel(String run) {
        assertThat(SERVICE.bean(SyncRuns.class).cancel(reread(), run).status()).isEqualTo(TaskStatus.CANCELED);
    }

    /** Writes rows in place of the store. */
    private interface Disturbance {

        /** @param write what the store would do */
        boolean write(BooleanSupplier write);
    }

    /** A worker whose first write of rows is disturbed. */
    private SyncTask worker(Disturbance first) {
        LedgerStore disturbed = new LedgerStore(mongo, SERVICE.bean(MongoPages.class)) {

            private boolean done;

            @Override
            boolean write(Collection<LedgerEntity> rows) {
                if (done) {
                    return super.write(rows);
                }
                done = true;
                return first.write(() -> super.write(rows));
            }
        };
        return HandWorker.of(SERVICE).with(disturbed).task();
    }
}
