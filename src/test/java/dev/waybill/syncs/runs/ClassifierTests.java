package dev.waybill.syncs.runs;

import static dev.waybill.syncs.runs.SyncFixtures.NOW;
import static dev.waybill.syncs.runs.SyncFixtures.RUN;
import static dev.waybill.syncs.runs.SyncFixtures.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.filters.FilterResult;
import dev.waybill.syncs.runs.Classifier.Class;
import dev.waybill.syncs.runs.LedgerEntity.State;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row is written again if and only if it changes. */
class ClassifierTests {

    private static final String LATER_RUN = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e91";
    private static final SourcePath PATH = new SourcePath("b", "", true);

    @Test
    void aFileRefusedByAnotherBoundGetsThatReason() {
        LedgerEntity before = Classifier.row(atMost(2), seen(NOW, null), null);

        assertThat(again(atMost(2), NOW, before)).isSameAs(before);
        assertThat(again(atMost(4), NOW, before).detail()).contains("4").isNotEqualTo(before.detail());
    }

    @Test
    void aTouchedFileIsRewrittenWithItsNewTime() {
        LedgerEntity before = synced(NOW);
        Class same = new Class.Unchanged(before.settled());

        assertThat(again(same, NOW, before)).isSameAs(before);
        assertThat(again(same, NOW.plusNanos(999), before))
                .as("no database keeps that")
                .isSameAs(before);
        LedgerEntity touched = again(same, NOW.plusSeconds(1), before);
        assertThat(touched.modifiedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(touched.state()).isEqualTo(State.SYNCED);
        assertThat(touched.history()).isEqualTo(before.history());
    }

    @Test
    void theDetailOfADuplicateStays() {
        LedgerEntity before = seen(NOW, null)
                .in(State.SKIPPED, "DUPLICATE_OF", "Its bytes are those of obj_1")
                .settling("obj_1", null, null);
        Class same = new Class.Unchanged(before.settled());

        assertThat(again(same, NOW, before)).isSameAs(before);
        assertThat(again(same, NOW.plusSeconds(1), before).detail()).isEqualTo(before.detail());
    }

    @Test
    void aQuarantinedFileStaysQuarantined() {
        LedgerEntity before = seen(NOW, null)
                .in(State.QUARANTINED, "TOO_LARGE", "No.")
                .after(1)
                .refusedBy("hash");

        assertThat(again(new Class.Waiting(), NOW, before)).isSameAs(before);
        LedgerEntity touched = again(new Class.Waiting(), NOW.plusSeconds(1), before);
        assertThat(touched.modifiedAt()).isEqualTo(NOW.plusSeconds(1));
        assertThat(touched.state()).isEqualTo(State.QUARANTINED);
        assertThat(touched.attempts()).isEqualTo(1);
        assertThat(touched.refusedBy()).isEqualTo("hash");
    }

    @Test
    void aFileThatPassesTheFiltersAgainIsSettledAsBefore() {
        LedgerEntity synced = synced(NOW);
        LedgerEntity filtered = again(atMost(2), NOW, synced);

        LedgerEntity row = again(new Class.Unchanged(filtered.settled()), NOW, filtered);

        assertThat(row.state()).isEqualTo(State.SYNCED);
        assertThat(row.detail()).isNull();
    }

    private static LedgerEntity synced(Instant modified) {
        return seen(modified, null).in(State.SYNCED, null, null).settling("obj_1", "sha", null);
    }

    private static Class atMost(int bytes) {
        FileFilters filters =
                FileFilters.read(Map.of("max_size_bytes", bytes), FileFilters.fields("s3"), "file_filters");
        return new Class.Filtered((FilterResult.Refused) filters.judge(PATH, file(NOW)));
    }

    private static LedgerEntity again(Class as, Instant modified, LedgerEntity before) {
        LedgerEntity seen = LedgerEntity.seen(sync(), LATER_RUN, file(modified), before, NOW.plusSeconds(60));
        return Classifier.row(as, seen, before);
    }

    private static LedgerEntity seen(Instant modified, @Nullable LedgerEntity before) {
        return LedgerEntity.seen(sync(), RUN, file(modified), before, NOW);
    }

    private static SourceFile file(Instant modified) {
        return new SourceFile("b/a", "a", 10, modified, "v1", Map.of("etag", "v1"), null, null, SourceFile.Kind.FILE);
    }
}
