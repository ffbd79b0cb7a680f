package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.SourceException;
import dev.waybill.syncs.runs.HaltReason.Reason;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.transfer.AdaptiveConcurrency;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Latches;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A run whose source throttles for longer than a worker waits is rescheduled. */
@Order(4)
class SyncAwayTests extends SyncBench {

    private static final Duration LONG = Duration.ofMinutes(30);

    @Test
    void theTaskIsRescheduledAndTheRunContinuesAtItsCheckpoint() {
        putMany("f", 40);
        script.pagesOf(10);
        script.on(Call.LIST).nth(3).throttles(LONG);
        int lists = script.calls(Call.LIST);
        int opened = script.opened().size();
        String id = start(sync, RunMode.INCREMENTAL);

        assertThat(work(hand(sync, id))).isEqualTo(new TaskOutcome.Later(LONG));

        SyncRunEntity left = runs.find(sync, id).orElseThrow();
        assertThat(left.endedAt()).isNull();
        assertThat(left.status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(left.listing().pages()).as("what was begun is done").isEqualTo(2);
        assertThat(left.effort().throttled()).isOne();
        assertThat(left.warnings())
                .containsExactly(
                        "The source asked for patience, and was left alone for 30 minutes before the run went on");
        assertHas(20);
        assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Completed.class);
        SyncRunEntity run = ended(sync, id);
        assertThat(run.listing().listed()).isEqualTo(40);
        assertThat(run.outcomes().created()).isEqualTo(40);
        assertThat(script.calls(Call.LIST) - lists).isEqualTo(5);
        assertThat(script.opened().size() - opened).isEqualTo(40);
        assertHas(40);
        assertThat(reread().totals().discovered()).isEqualTo(40);
    }

    @Test
    void itIsRescheduledByAnHourAtMost() {
        put("a", "bytes");
        script.on(Call.OPEN).once().throttles(Duration.ofDays(2));
        String id = start(sync, RunMode.INCREMENTAL);

        assertThat(work(hand(sync, id))).isEqualTo(new TaskOutcome.Later(Duration.ofHours(1)));

        assertThat(rows(State.FAILED)).isEmpty();
        assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(text("a")).isEqualTo("bytes");
    }

    @Test
    void readsInProgressAreCompleted() {
        put("a", Draft.of(Content.zeros(8 << 20)));
        put("b", "bytes");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch listed = new CountDownLatch(1);
        script.on(Call.READ).of("a").once().does(() -> {
            reading.countDown();
            Latches.await(listed);
        });
        script.on(Call.OPEN).of("b").once().fails(() -> {
            Latches.await(reading);
            listed.countDown();
            return new SourceException(Diagnosis.THROTTLED, "Later", true, LONG, null);
        });
        String id = start(sync, RunMode.INCREMENTAL);

        assertThat(work(hand(sync, id))).isEqualTo(new TaskOutcome.Later(LONG));

        assertThat(row("a").state()).isEqualTo(State.SYNCED);
        assertThat(ledger.find(sync.key(), "b")).isEmpty();
        assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(text("b")).isEqualTo("bytes");
        assertHas(2);
    }

    @Test
    void aClosedLimitGrantsNoPermits() throws InterruptedException {
        AdaptiveConcurrency adaptiveConcurrency = new AdaptiveConcurrency(2, SERVICE.bean(SyncProperties.class));
        assertThat(adaptiveConcurrency.enter()).isTrue();

        adaptiveConcurrency.close();

        assertThat(adaptiveConcurrency.enter()).isFalse();
        assertThat(adaptiveConcurrency.awaitQuiet()).isFalse();
        assertThat(adaptiveConcurrency.pause(1)).isFalse();
        assertThat(adaptiveConcurrency.isOver()).as("to whom has a turn").isFalse();
        adaptiveConcurrency.end();
        assertThat(adaptiveConcurrency.isOver()).isTrue();
    }

    @Test
    void anyOtherHaltReasonTakesPrecedence() {
        List<Reason> woken = new ArrayList<>();
        HaltReason haltReason = new HaltReason(woken::add);

        haltReason.because(new Reason.Away(LONG));
        assertThat(haltReason.isSet()).isTrue();
        assertThat(haltReason.isAway()).isTrue();
        haltReason.because(new Reason.Canceled());
        haltReason.because(new Reason.Away(LONG));
        haltReason.because(new Reason.Fenced());

        assertThat(haltReason.isAway()).isFalse();
        assertThat(haltReason.reason()).isEqualTo(new Reason.Canceled());
        assertThat(woken).hasSize(4);
    }
}
