package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Retries and replays on request, wherever the listing is. */
@Order(4)
class SyncReplayTests extends SyncBench {

    @Test
    void aFullRunBeginsAtTheStartAndTriesAgainWhatIsInQuarantine() {
        putMany("f", 4);
        script.on(Call.OPEN).of("f00001").fails(Diagnosis.ACCESS_DENIED_READ);
        run();
        assertThat(row("f00001").state()).isEqualTo(State.QUARANTINED);
        script.behave();
        assertThat(run().listing().waiting()).isOne();
        assertThat(row("f00001").state()).isEqualTo(State.QUARANTINED);

        SyncRunEntity full = run(sync, RunMode.FULL);

        assertThat(full.outcomes().created()).isOne();
        assertHas(4);
    }

    @Test
    void aReplayedFileIsCopiedThoughTheListingStartsAfterIt() {
        putMany("f", 6);
        script.pagesOf(2);
        script.on(Call.OPEN).of("f00000").fails(Diagnosis.ACCESS_DENIED_READ);
        script.on(Call.LIST).from(3).fails(Diagnosis.NETWORK);
        run();
        script.behave();
        script.remove(source, "f00001");
        assertThat(ledger.requeue(sync.key(), null, Instant.now())).isOne();
        assertThat(ledger.replay(sync.key(), List.of("f00001"), Instant.now())).isOne();
        assertThat(row("f00000").state()).isEqualTo(State.QUEUED);

        SyncRunEntity second = run();

        assertThat(second.listing().from()).isNotNull();
        assertThat(row("f00000").state()).isEqualTo(State.SYNCED);
        assertThat(row("f00001").state()).isEqualTo(State.GONE);
        assertThat(objects()).hasSize(6);
    }

    /** A sync whose next run lists behind {@code f00000}, which is queued. */
    private void queueTheFirstBehindTheListing() {
        putMany("f", 6);
        script.pagesOf(2);
        script.on(Call.LIST).from(3).fails(Diagnosis.NETWORK);
        run();
        script.behave();
        assertThat(reread().resume()).isNotNull();
        assertThat(ledger.replay(sync.key(), List.of("f00000"), Instant.now())).isOne();
    }

    @Test
    void aLookupThatFailsOnceIsRetried() {
        queueTheFirstBehindTheListing();
        script.on(Call.LOOK).times(2).fails(Diagnosis.NETWORK);

        SyncRunEntity run = run();

        assertThat(run.status()).as(run.toString()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(row("f00000").state()).isEqualTo(State.SYNCED);
        assertThat(run.effort().otherRequests())
                .as("what is done behind the last page counts")
                .isEqualTo(3);
        assertThat(run.effort().readRequests()).isEqualTo(3);
        assertHas(6);
    }

    @Test
    void aRefusedLookupOfOneFileIsThatFilesReason() {
        queueTheFirstBehindTheListing();
        script.on(Call.LOOK).of("f00000").fails(Diagnosis.ACCESS_DENIED_READ);

        SyncRunEntity run = run();

        assertThat(run.status()).as(run.toString()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(run.outcomes().quarantined()).isOne();
        assertThat(row("f00000").state()).isEqualTo(State.QUARANTINED);
        assertThat(row("f00000").reason()).isEqualTo("ACCESS_DENIED_READ");
    }

    @Test
    void aReplayedFileIsNotMistakenForAFileOfTheSameKeyElsewhere() {
        put("videos/a", "the bytes");
        put("b", "more bytes");
        run();
        String object = row("videos/a").objectId();
        String other = source + "-2";
        script.put(other, "videos/a", Draft.of("bytes of another bucket"));
        script.put(other, "videos/z", Draft.of("the last one"));
        assertThat(ledger.replay(sync.key(), List.of("videos/a", "b"), Instant.now()))
                .isEqualTo(2);
        syncs.change(reread(), new With(other + "/videos").settings(), true, true, Instant.now())
                .orElseThrow();

        SyncRunEntity run = run();

        assertThat(run.outcomes().created()).isEqualTo(2);
        assertThat(run.outcomes().updated()).isZero();
        assertThat(bytes(object(object))).asString().isEqualTo("the bytes");
        assertThat(objects()).hasSize(4);
        assertThat(rows(State.QUEUED)).isEmpty();
        assertThat(rows(State.SKIPPED))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.reason()).isEqualTo("NOT_IN_PATH"))
                .allSatisfy(row -> assertThat(row.sourceId()).startsWith(source + "/"));
    }

    @Test
    void aFileReplayedWhileItIsCopiedIsCopiedOnceMore() {
        put("a", "bytes");
        run();
        put("a", "other bytes");
        int opened = script.calls(Call.OPEN);
        script.on(Call.OPEN)
                .of("a")
                .once()
                .does(() -> assertThat(ledger.replay(sync.key(), List.of("a"), Instant.now()))
                        .isOne());

        SyncRunEntity run = run();

        assertThat(script.calls(Call.OPEN) - opened).isEqualTo(2);
        assertThat(row("a").state()).isEqualTo(State.SYNCED);
        assertThat(run.outcomes().updated()).isOne();
        assertHas(Map.of("a", "other bytes"));
    }
}
