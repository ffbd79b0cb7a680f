package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A worker that lost its lease may end the run until the next one claims it: the task then ends as the run did. */
@Order(4)
class SyncFormerWorkerTests extends SyncBench {

    @Test
    void aRunThatAFormerWorkerEndsMeanwhileIsNotCanceled() throws Exception {
        put("a", "bytes");
        String id = start(sync, RunMode.INCREMENTAL);

        TaskOutcome outcome = worker(() -> work(hand(sync, id))).run(hand(sync, id));

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(ended(sync, id).attempts()).isOne();
        assertHas(Map.of("a", "bytes"));
        assertThat(reread().totals().synced()).isOne();
    }

    @Test
    void aRunThatAFormerWorkerEndedAndDiedIsBroughtToItsEnd() throws Exception {
        String id = start(sync, RunMode.INCREMENTAL);
        SyncEntity former = syncs.claim(sync.key(), id, "former").orElseThrow();
        SyncRunEntity run =
                runs.claim(runs.find(sync, id).orElseThrow(), former, source).orElseThrow();
        InstantSource clock = SERVICE.bean(InstantSource.class);

        TaskOutcome outcome = worker(() -> runs.end(
                                run, former.fence(), TaskStatus.COMPLETED, Outcomes.NONE, 0, null, clock.instant())
                        .orElseThrow())
                .run(hand(sync, id));

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(ended(sync, id).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(reread().current()).isNull();
    }

    /** @param meanwhile runs between a worker's read of a run and its claim */
    private SyncTask worker(Runnable meanwhile) {
        SyncStore disturbed = new SyncStore(mongo, SERVICE.bean(MongoPages.class)) {
            @Override
            Optional<SyncEntity> claim(String key, String run, String worker) {
                meanwhile.run();
                return super.claim(key, run, worker);
            }
        };
        return new SyncTask(
                disturbed,
                runs,
                ledger,
                SERVICE.bean(RunWorker.class),
                SERVICE.bean(RunCompletion.class),
                SERVICE.bean(SyncWakeUp.class),
                SERVICE.bean(SyncMetrics.class),
                SERVICE.bean(SyncProperties.class),
                SERVICE.bean(FaultPoints.class),
                SERVICE.bean(IdGenerator.class),
                SERVICE.bean(InstantSource.class));
    }
}
