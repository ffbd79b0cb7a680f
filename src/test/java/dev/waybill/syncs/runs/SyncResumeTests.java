package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.syncs.settings.RunMode;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Answer;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Resuming a paused sync. */
@Order(4)
class SyncResumeTests extends SyncBench {

    @Test
    void aRunIsStartedWithTheTriggerResume() {
        put("a", "bytes");
        call("/pause");

        Answer resumed = call("/resume");

        String run = resumed.at("/current_sync_run_id");
        assertThat(resumed.json().path("locked").asBoolean()).as(resumed.text()).isTrue();
        assertThat(resumed.at("/status")).isEqualTo("ACTIVE");
        assertThat(workspace.client().get(path("/runs/" + run)).at("/trigger")).isEqualTo("resume");
        assertThat(work(hand(sync, run))).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(text("a")).isEqualTo("bytes");
        assertThat(reread().runCounter()).isOne();
    }

    @Test
    void noRunIsStartedWhileOneIsInProgress() {
        put("a", "bytes");
        String run = start(sync, RunMode.INCREMENTAL);
        call("/pause");

        assertThat(call("/resume").at("/current_sync_run_id")).isEqualTo(run);

        assertThat(work(hand(sync, run))).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(reread().runCounter()).isOne();
        assertThat(reread().nextSyncAt()).isNotNull();
    }

    @Test
    void noRunOfAnInactiveSyncIsStarted() {
        call("/pause");
        workspace.client().patch(path(""), Map.of("is_active", false));

        Answer resumed = call("/resume");

        assertThat(resumed.status()).as(resumed.text()).isEqualTo(200);
        assertThat(resumed.json().path("paused").asBoolean(true)).isFalse();
        assertThat(resumed.json().has("next_sync_at")).isFalse();
        assertThat(reread().current()).isNull();
        assertThat(reread().status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void aSyncThatIsNotPausedStaysUnchanged() {
        Answer resumed = call("/resume");

        assertThat(resumed.status()).as(resumed.text()).isEqualTo(200);
        assertThat(reread().current()).isNull();
    }

    private Answer call(String call) {
        return workspace.client().post(path(call));
    }

    private String path(String below) {
        return workspace.path("/syncs/" + sync.syncId() + below);
    }
}
