package dev.waybill.syncs.runs;

import static dev.waybill.syncs.runs.SyncFixtures.NOW;
import static dev.waybill.syncs.runs.SyncFixtures.RUN;
import static dev.waybill.syncs.runs.SyncFixtures.SCOPE;
import static dev.waybill.syncs.runs.SyncFixtures.settings;
import static dev.waybill.syncs.runs.SyncFixtures.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourceFile.Kind;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.runs.Explanation.Look;
import dev.waybill.syncs.runs.ExplanationResponse.Step;
import dev.waybill.syncs.runs.LedgerEntity.Integrity;
import dev.waybill.syncs.runs.LedgerEntity.Settled;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.LedgerEntity.Transition;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.tasks.TaskStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationTests {

    private static final SourcePath PATH = new SourcePath("b", "videos", true);
    private static final FileFilters DRAFTS_OUT = FileFilters.read(
            Map.of("exclude_patterns", List.of("*/drafts/*", "drafts/*"), "min_size_bytes", 2),
            FileFilters.fields("s3"),
            "file_filters");

    @Test
    void aKeyOutsideOfThePathIsReportedSo() {
        ExplanationResponse explained = explanation(sync(), "videos-old/a.mp4").outside();

        assertThat(explained.verdict()).isEqualTo("NOT_IN_PATH");
        assertThat(explained.sentence()).contains("b/videos");
        assertThat(explained.steps()).extracting(Step::result).containsExactly("refused");
    }

    @Test
    void aKeyThatTheSourceDoesNotHave() {
        ExplanationResponse explained = explanation(sync(), "videos/a.mp4").ofUnseen(new Look.Absent());

        assertThat(explained.verdict()).isEqualTo("NOT_IN_SOURCE");
        assertThat(explained.sentence()).contains("no file of this key");
        assertThat(explained.history()).isEmpty();
    }

    @Test
    void aSourceThatCannotBeRead() {
        ExplanationResponse explained = explanation(sync(), "videos/a.mp4")
                .ofUnseen(new Look.Failed(Diagnosis.ACCESS_DENIED, "The key may not list."));

        assertThat(explained.verdict()).isEqualTo("UNKNOWN");
        assertThat(explained.reason()).isEqualTo("ACCESS_DENIED");
        assertThat(explained.sentence()).contains("The key may not list.");
    }

    @Test
    void aNewFileIsCopiedByTheNextRun() {
        ExplanationResponse explained =
                explanation(sync(), "videos/a.mp4").ofUnseen(new Look.Found(file("videos/a.mp4", 10, Kind.FILE)));

        assertThat(explained.verdict()).isEqualTo("NEW");
        assertThat(explained.next()).contains("2026-11-27T12:05:00Z").contains("takes it");
        assertThat(explained.versions().listed()).isEqualTo("v1");
        assertThat(explained.versions().stored()).isNull();
        assertThat(explained.steps()).extracting(Step::result).containsOnly("passed");
    }

    @Test
    void whatPreventsTheNextRunIsReported() {
        Look found = new Look.Found(file("videos/a.mp4", 10, Kind.FILE));
        SyncEntity paused =
                sync(settings(300, null), TaskStatus.SUSPENDED, true, new Pause("because", NOW, null), null, null);
        SyncEntity inactive = sync(settings(300, null), TaskStatus.ACTIVE, false, null, null, null);

        assertThat(explanation(paused, "videos/a.mp4").ofUnseen(found).next()).contains("paused");
        assertThat(explanation(inactive, "videos/a.mp4").ofUnseen(found).next()).contains("not active");
    }

    @Test
    void aFilteredFileIsReportedWithTheExpectedAndTheActualValue() {
        ExplanationResponse explained = explanation(sync(), "videos/drafts/a.mp4")
                .ofUnseen(new Look.Found(file("videos/drafts/a.mp4", 10, Kind.FILE)));

        assertThat(explained.verdict()).isEqualTo("FILTERED");
        assertThat(explained.reason()).isEqualTo("EXCLUDED");
        assertThat(explained.sentence()).contains("EXCLUDED").contains("drafts/a.mp4");
        assertThat(explained.steps())
                .filteredOn(step -> step.result().equals("refused"))
                .extracting(Step::check)
                .containsExactly("exclude_patterns");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, PENDING_SOURCE, NOT_READY, looks again",
        "UNAVAILABLE, SKIPPED, NOT_DOWNLOADABLE, at the provider"
    })
    void whatCannotBeReadNowIsExplainedByItsSource(Kind kind, State state, String reason, String next) {
        String key = "videos/a";
        SourceFile file = new SourceFile(
                "b/" + key, key, 0, NOW, "v1", Map.of(), null, null, kind, Map.of(), "The provider says why");
        ExplanationResponse unseen = explanation(sync(), key).ofUnseen(new Look.Found(file));
        ExplanationResponse seen = explanation(sync(), key).of(row(key, state, reason, "The provider says why", null));

        for (ExplanationResponse explained : List.of(unseen, seen)) {
            assertThat(explained.verdict()).isEqualTo(state.name());
            assertThat(explained.reason()).isEqualTo(reason);
            assertThat(explained.sentence()).contains("The provider says why.");
            assertThat(explained.next()).contains(next);
            assertThat(explained.steps()).last().satisfies(step -> {
                assertThat(step.check()).isEqualTo("kind");
                assertThat(step.result()).isEqualTo("refused");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"FOLDER_MARKER, FOLDER_MARKER, folder", "ARCHIVED, ARCHIVED, archive"})
    void whatIsNoReadableFile(Kind kind, String reason, String word) {
        ExplanationResponse unseen =
                explanation(sync(), "videos/a/").ofUnseen(new Look.Found(file("videos/a/", 10, kind)));
        ExplanationResponse seen =
                explanation(sync(), "videos/a/").of(row("videos/a/", State.SKIPPED, reason, null, null));

        for (ExplanationResponse explained : List.of(unseen, seen)) {
            assertThat(explained.verdict()).isEqualTo("SKIPPED");
            assertThat(explained.reason()).isEqualTo(reason);
            assertThat(explained.sentence()).contains(word);
        }
    }

    @Test
    void aFilteredArchivedFileIsNotReportedAsToBeRestored() {
        ExplanationResponse explained = explanation(sync(), "videos/drafts/a.mp4")
                .ofUnseen(new Look.Found(file("videos/drafts/a.mp4", 10, Kind.ARCHIVED)));

        assertThat(explained.verdict()).isEqualTo("FILTERED");
        assertThat(explained.next()).contains("file_filters").doesNotContain("Restore");
        assertThat(explained.steps())
                .filteredOn(step -> step.check().equals("kind"))
                .extracting(Step::result)
                .containsExactly("refused");
    }

    @Test
    void aFileOutsideOfANewPathIsNotReportedAsWaiting() {
        ExplanationResponse explained = explanation(sync(), "videos-old/a.mp4")
                .of(row("videos-old/a.mp4", State.SKIPPED, "NOT_IN_PATH", "It is not within b/videos any more", null));

        assertThat(explained.next()).contains("source_path");
    }

    @Test
    void oneAttemptIsNotReportedAsSeveral() {
        LedgerEntity once =
                row("videos/a.mp4", State.QUARANTINED, "TOO_LARGE", null, null).after(1);

        ExplanationResponse explained = explanation(sync(), "videos/a.mp4").of(once);

        assertThat(explained.sentence()).contains("TOO_LARGE").doesNotContain("tries");
        assertThat(explained.steps())
                .noneMatch(step -> step.actual().contains("1 tries"))
                .noneMatch(step -> step.actual().contains("after"));
    }

    @Test
    void aSyncedFileReportsItsObjectAndHowItWasVerified() {
        Settled settled = new Settled("v1", State.SYNCED, null, "obj_1", "abc", new Integrity("md5", true), NOW);

        ExplanationResponse explained =
                explanation(sync(), "videos/a.mp4").of(row("videos/a.mp4", State.SYNCED, null, null, settled));

        assertThat(explained.verdict()).isEqualTo("SYNCED");
        assertThat(explained.sentence()).contains("obj_1");
        assertThat(explained.objectId()).isEqualTo("obj_1");
        assertThat(explained.versions().listed()).isEqualTo("v2");
        assertThat(explained.versions().stored()).isEqualTo("v1");
        assertThat(explained.steps())
                .filteredOn(step -> step.check().equals("integrity"))
                .extracting(Step::expected)
                .containsExactly("the same bytes by md5");
        assertThat(explained.history()).hasSize(1);
    }

    @Test
    void aFailedFileReportsWhyAndWhatToDo() {
        LedgerEntity row =
                row("videos/a.mp4", State.QUARANTINED, "ACCESS_DENIED_READ", "Allow s3:GetObject on it.", null);

        ExplanationResponse explained = explanation(sync(), "videos/a.mp4").of(row);

        assertThat(explained.verdict()).isEqualTo("QUARANTINED");
        assertThat(explained.sentence())
                .contains("3 tries")
                .contains("ACCESS_DENIED_READ")
                .contains("Allow s3:GetObject on it.");
        assertThat(explained.next()).contains("replay");
        assertThat(explanation(sync(), "videos/a.mp4")
                        .of(row.refusedBy("hash of the mapping"))
                        .next())
                .contains("schema_mapping")
                .doesNotContain("replay");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void everyStateHasASentenceAndSaysWhatIsNext(State state) {
        ExplanationResponse explained =
                explanation(sync(), "videos/a.mp4").of(row("videos/a.mp4", state, "WHY", null, null));

        assertThat(explained.sentence()).isNotBlank().endsWith(".");
        assertThat(explained.next()).isNotBlank().endsWith(".");
        assertThat(explained.steps()).isNotEmpty();
        assertThat(explained.sentence()).doesNotContain("null");
        assertThat(explained.steps()).noneMatch(step -> step.toString().contains("null"));
    }

    private static Explanation explanation(SyncEntity sync, String key) {
        return new Explanation(sync, PATH, DRAFTS_OUT, key);
    }

    private static SourceFile file(String key, long size, Kind kind) {
        return new SourceFile("b/" + key, key, size, NOW, "v1", Map.of("etag", "v1"), null, "STANDARD", kind);
    }

    private static LedgerEntity row(
            String key, State state, @Nullable String reason, @Nullable String detail, @Nullable Settled settled) {
        return new LedgerEntity(
                SCOPE.key("sync_1") + "/1",
                SCOPE.organization(),
                SCOPE.namespace(),
                "bkt_1",
                SCOPE.key("sync_1"),
                "b/" + key,
                key,
                10,
                NOW,
                "v2",
                Map.of("etag", "v2"),
                state,
                reason,
                detail,
                3,
                0,
                null,
                settled,
                0,
                0,
                RUN,
                RUN,
                null,
                1,
                List.of(new Transition(NOW, RUN, state, reason, "v2")),
                NOW,
                NOW);
    }
}
