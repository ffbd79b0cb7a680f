package dev.waybill.syncs.runs;

import static dev.waybill.syncs.runs.SyncFixtures.NEXT;
import static dev.waybill.syncs.runs.SyncFixtures.NOW;
import static dev.waybill.syncs.runs.SyncFixtures.RUN;
import static dev.waybill.syncs.runs.SyncFixtures.settings;
import static dev.waybill.syncs.runs.SyncFixtures.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceFile;
import dev.waybill.syncs.runs.LedgerEntity.Integrity;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerRowResponseTests {

    private static final SyncEntity SYNC = sync();

    @Test
    void checksumsAreReportedForTheirVersionOnly() {
        LedgerEntity copied = row("v1", null)
                .in(State.SYNCED, null, null)
                .settling("obj_1", "5e884898da28", new Integrity("md5", true));
        LedgerEntity changed = row("v2", copied).in(State.FAILED, "NETWORK", "It broke off.");

        LedgerRowResponse before = LedgerRowResponse.of(SYNC, copied);
        LedgerRowResponse after = LedgerRowResponse.of(SYNC, changed);

        assertThat(before.sha256()).isEqualTo("5e884898da28");
        assertThat(before.integrity()).isNotNull();
        assertThat(after.version()).containsEntry("etag", "v2");
        assertThat(after.sha256()).isNull();
        assertThat(after.integrity()).isNull();
        assertThat(after.objectId()).isEqualTo("obj_1");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void theNextAttemptIsReportedForFilesThatTheNextRunRetries(State state) {
        boolean isTried = state == State.QUEUED || state == State.FAILED || state == State.PENDING_SOURCE;

        assertThat(LedgerRowResponse.of(SYNC, row("v1", null).in(state, null, null))
                        .nextAttemptAt())
                .isEqualTo(isTried ? NEXT : null);
    }

    @Test
    void noNextAttemptIsReportedWhileARunIsInProgress() {
        Current current = new Current(RUN, Trigger.MANUAL, RunMode.INCREMENTAL, NOW, "worker-1");
        SyncEntity running = sync(settings(300, null), TaskStatus.ACTIVE, true, null, current, null);

        assertThat(LedgerRowResponse.of(running, row("v1", null)).nextAttemptAt())
                .isNull();
    }

    private static LedgerEntity row(String version, @Nullable LedgerEntity before) {
        SourceFile file =
                new SourceFile("b/a", "a", 1, NOW, version, Map.of("etag", version), null, null, SourceFile.Kind.FILE);
        return LedgerEntity.seen(SYNC, RUN, file, before, NOW);
    }
}
