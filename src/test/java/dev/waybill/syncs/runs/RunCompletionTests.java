package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The update of a sync at the end of a run. */
@Order(4)
class RunCompletionTests extends SyncBench {

    @Test
    void aPauseThatComesDuringTheEndStays() {
        SyncRunEntity run = end(() -> syncs.pause(reread(), pause()).orElseThrow());

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(reread().current()).isNull();
        assertThat(reread().paused()).isNotNull();
        assertThat(reread().status()).isEqualTo(TaskStatus.SUSPENDED);
        assertThat(reread().nextSyncAt()).isNull();
    }

    @Test
    void aResumeThatComesDuringTheEndStays() {
        String id = start(sync, RunMode.INCREMENTAL);
        SyncEntity paused = syncs.pause(reread(), pause()).orElseThrow();

        end(id, () -> syncs.resume(paused, Instant.now()).orElseThrow());

        assertThat(reread().current()).isNull();
        assertThat(reread().paused()).isNull();
        assertThat(reread().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(reread().nextSyncAt()).isNotNull();
    }

    @Test
    void aChangeThatComesDuringTheEndStays() throws InterruptedException {
        putMany("f", 6);
        put("z/a", "inside");
        script.pagesOf(2);
        script.on(Call.LIST).from(3).fails(Diagnosis.NETWORK);
        With narrower = new With(source + "/z").sideBySide(3);
        String id = start(sync, RunMode.INCREMENTAL);

        HandWorker.of(SERVICE)
                .with(disturbed(() -> syncs.change(reread(), narrower.settings(), true, true, Instant.now())
                        .orElseThrow()))
                .task()
                .run(hand(sync, id));

        assertThat(ended(sync, id).listing().cursor()).as("where it broke off").isNotNull();
        assertThat(reread().current()).isNull();
        assertThat(reread().settings()).isEqualTo(narrower.settings());
        assertThat(reread().resume()).isNull();
        script.behave();
        assertThat(run().listing().complete()).isTrue();
        assertThat(text("z/a")).isEqualTo("inside");
    }

    @Test
    void aSyncThatIsSetInactiveDuringTheEndDoesNotContinue() {
        end(() -> syncs.change(reread(), new With(source).settings(), false, false, Instant.now())
                .orElseThrow());

        assertThat(reread().current()).isNull();
        assertThat(reread().nextSyncAt()).isNull();
    }

    @Test
    void aOneTimeSyncRunsAgainForFailedFiles() {
        sync = sync(new With(source).once());
        putMany("f", 3);
        script.on(Call.OPEN).of("f00001").fails(Diagnosis.CHANGED_DURING_READ);

        assertThat(run().outcomes().failed()).isOne();

        assertThat(reread().status()).isEqualTo(TaskStatus.ACTIVE);
        assertThat(reread().nextSyncAt()).isNotNull();
        script.behave();
        assertThat(run().outcomes().created()).isOne();
        assertThat(reread().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(reread().nextSyncAt()).isNull();
        assertHas(3);
    }

    @Test
    void aOneTimeSyncRunsAgainUntilItListedEverything() {
        sync = sync(new With(source).once().atMost(2));
        putMany("f", 3);
        script.pagesOf(1);

        run();
        assertThat(reread().status()).isEqualTo(TaskStatus.ACTIVE);
        run();
        assertThat(reread().status()).isEqualTo(TaskStatus.ACTIVE);
        run();

        assertThat(reread().status()).isEqualTo(TaskStatus.COMPLETED);
        assertHas(3);
    }

    @Test
    void aCompletedOneTimeSyncContinuesWhenItIsSetTo() {
        sync = sync(new With(source).once());
        put("a", "bytes");
        run();
        assertThat(reread().nextSyncAt()).isNull();
        Instant now = Instant.now().minusSeconds(1);

        SyncEntity after = syncs.change(reread(), new With(source).settings(), true, false, now)
                .orElseThrow();

        assertThat(after.status()).isEqualTo(TaskStatus.ACTIVE);
        HandRun check = new HandRun(hand(sync, after.lastRun()).task(), sync.key());
        SERVICE.bean(SyncCheck.class).run(check);
        assertThat(reread().current().trigger()).isEqualTo(Trigger.SCHEDULE);
    }

    @Test
    void aCompletedOneTimeSyncThatIsSetInactiveDoesNotContinue() {
        sync = sync(new With(source).once());
        put("a", "bytes");
        run();

        SyncEntity after = syncs.change(reread(), new With(source).settings(), false, false, Instant.now())
                .orElseThrow();

        assertThat(after.nextSyncAt()).isNull();
        assertThat(after.status()).isEqualTo(TaskStatus.COMPLETED);
    }

    private static Pause pause() {
        return new Pause("rest", Instant.now(), "usr_1");
    }

    private SyncRunEntity end(Runnable meanwhile) {
        return end(start(sync, RunMode.INCREMENTAL), meanwhile);
    }

    /** Ends a run without files. */
    private SyncRunEntity end(String id, Runnable meanwhile) {
        RunCompletion completion =
                HandWorker.of(SERVICE).with(disturbed(meanwhile)).completion();
        SyncEntity claimed = syncs.claim(sync.key(), id, "by hand").orElseThrow();
        SyncRunEntity run =
                runs.claim(runs.find(sync, id).orElseThrow(), claimed, source).orElseThrow();
        return completion.end(claimed, run, RunCompletion.Wanted.BY_ITS_FILES);
    }

    /** @param meanwhile runs once, between the read and the conditional write of the sync at the end of a run */
    private SyncStore disturbed(Runnable meanwhile) {
        return new SyncStore(mongo, SERVICE.bean(MongoPages.class)) {

            private boolean done;

            @Override
            Optional<SyncEntity> end(SyncEntity read, String run, RunEnd ending) {
                if (!done) {
                    done = true;
                    meanwhile.run();
                }
                return super.end(read, run, ending);
            }
        };
    }
}
