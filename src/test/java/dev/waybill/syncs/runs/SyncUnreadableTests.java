package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.SourceException;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.tasks.TaskStatus;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Listed files that cannot be read: folder markers, files that are not ready, archived files. */
@Order(4)
class SyncUnreadableTests extends SyncBench {

    @Test
    void aFolderMarkerIsNoFile() {
        put("a/", Draft.of(""));
        put("b_$folder$", Draft.of(""));
        put("c/", Draft.of("5byte"));
        put("d_$folder$", Draft.of("7 bytes"));
        put("a/x", "a file");

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().markers()).isEqualTo(2);
        assertThat(run.listing().listed()).isEqualTo(3);
        assertThat(script.opened()).doesNotContain("a/", "b_$folder$");
        assertThat(row("a/").state()).isEqualTo(State.SKIPPED);
        assertThat(row("a/").reason()).isEqualTo("FOLDER_MARKER");
        assertThat(row("b_$folder$").reason()).isEqualTo("FOLDER_MARKER");
        assertHas(Map.of("c/", "5byte", "d_$folder$", "7 bytes", "a/x", "a file"));
        assertTotals(3, 3, 0, 5 + 7 + 6);
    }

    @Test
    void aFolderMarkerFoundWhenItIsOpenedIsNoFileEither() {
        put("a", Draft.of("").type("application/x-directory; charset=UTF-8"));
        put("b", Draft.of("bytes").type("application/x-directory"));

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().markers()).isOne();
        assertThat(run.listing().listed()).isOne();
        assertThat(run.listing().matched()).isOne();
        assertThat(row("a").state()).isEqualTo(State.SKIPPED);
        assertThat(row("a").reason()).isEqualTo("FOLDER_MARKER");
        assertHas(Map.of("b", "bytes"));
        int opens = script.calls(Call.OPEN);
        assertThat(run().listing().markers()).isOne();
        assertThat(script.calls(Call.OPEN)).isEqualTo(opens);
    }

    @Test
    void pendingFilesAreWaitedForAndUnavailableOnesAreExplained() {
        sync = sync(new With(source).once());
        put("film", Draft.of("unknown").pending());
        put("drm", Draft.of("unknown").unavailable());
        script.says("It is protected");
        int reads = script.calls(Call.OPEN);

        SyncRunEntity first = run();

        assertThat(script.calls(Call.OPEN) - reads).isZero();
        assertThat(first.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(first.listing().pending()).isOne();
        assertThat(first.listing().listed()).isEqualTo(2);
        assertThat(row("film").state()).isEqualTo(State.PENDING_SOURCE);
        assertThat(row("film").reason()).isEqualTo("NOT_READY");
        assertThat(row("drm").state()).isEqualTo(State.SKIPPED);
        assertThat(row("drm").reason()).isEqualTo("NOT_DOWNLOADABLE");
        assertThat(row("drm").detail()).isEqualTo("It is protected");
        assertThat(reread().status()).as("it waits").isEqualTo(TaskStatus.ACTIVE);
        assertThat(run().listing().pending()).isOne();
        assertThat(row("film").history()).hasSize(1);

        put("film", "the film");
        run();

        assertThat(row("film").state()).isEqualTo(State.SYNCED);
        assertHas(Map.of("film", "the film"));
        assertThat(reread().status()).as("nothing is waited for").isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aFileFoundNotReadyWhenItIsOpenedIsWaitedForToo() {
        put("film", "the film");
        script.on(Call.OPEN)
                .of("film")
                .once()
                .fails(() -> new SourceException(Diagnosis.NOT_READY, "It is still being delivered"));

        SyncRunEntity first = run();

        assertThat(first.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(first.listing().pending()).isOne();
        assertThat(first.listing().matched()).isZero();
        assertThat(row("film").state()).isEqualTo(State.PENDING_SOURCE);
        assertThat(row("film").detail()).isEqualTo("It is still being delivered");
        assertHas(0);
        run();
        assertHas(Map.of("film", "the film"));
    }

    @Test
    void aSyncedFileThatBecomesUnreadableKeepsItsObject() {
        put("film", "the film");
        run();
        String object = row("film").objectId();
        put("film", Draft.of("unknown").unavailable());

        run();

        assertThat(row("film").state()).isEqualTo(State.SKIPPED);
        assertThat(row("film").objectId()).isEqualTo(object);
        put("film", "the film");
        assertThat(run().effort().readRequests()).isZero();
        assertThat(row("film").state()).isEqualTo(State.SYNCED);
        assertHas(1);
    }

    @Test
    void archivedFilesAreNotRequestedAndAreCopiedWhenTheyAreRestored() {
        put("a", "bytes");
        put("cold", Draft.of("frozen").archived("GLACIER"));
        int reads = script.calls(Call.OPEN);

        SyncRunEntity run = run();

        assertThat(script.calls(Call.OPEN) - reads).isOne();
        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.listing().archived()).isOne();
        assertThat(row("cold").state()).isEqualTo(State.SKIPPED);
        assertThat(row("cold").reason()).isEqualTo("ARCHIVED");
        put("cold", "frozen");
        run();
        assertHas(Map.of("a", "bytes", "cold", "frozen"));
    }
}
