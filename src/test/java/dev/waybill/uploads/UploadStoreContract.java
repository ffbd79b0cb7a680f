package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.BUCKET;
import static dev.waybill.uploads.UploadFixtures.NOW;
import static dev.waybill.uploads.UploadFixtures.OTHER_SCOPE;
import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static dev.waybill.uploads.UploadFixtures.completion;
import static dev.waybill.uploads.UploadFixtures.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.FilterParser;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of uploads keeps to. */
abstract class UploadStoreContract {

    /** An empty one. */
    abstract UploadStore store();

    @Test
    void whatIsKeptComesBackAsItWas() {
        Upload upload = pending();
        store().insert(upload);

        assertThat(store().find(SCOPE, upload.id())).contains(upload);
        assertThat(store().findAll(SCOPE, List.of(upload.id(), new UploadId("upl_nosuch"))))
                .containsExactly(upload);
    }

    @Test
    void whatIsThereAlreadyStaysAsItIs() {
        Upload first = pending();
        Upload second = pending();
        store().insert(first);
        store().complete(completion(first));
        Upload completed = store().find(SCOPE, first.id()).orElseThrow();

        store().insert(first);
        store().insertAll(List.of(first, second));

        assertThat(store().find(SCOPE, first.id())).contains(completed);
        assertThat(store().find(SCOPE, second.id())).contains(second);
    }

    @Test
    void noOtherScopeSeesIt() {
        Upload upload = pending();
        store().insert(upload);

        assertThat(store().find(OTHER_SCOPE, upload.id())).isEmpty();
        assertThat(store().cancel(OTHER_SCOPE, upload.id(), NOW, null)).isFalse();
        assertThat(store().list(OTHER_SCOPE, BUCKET, ListQuery.first(10, UploadFields.NEWEST_FIRST))
                        .items())
                .isEmpty();
    }

    @Test
    void aCompletedUploadTellsItsOutcome() {
        Upload upload = pending();
        store().insert(upload);

        assertThat(store().complete(completion(upload))).isTrue();

        Upload completed = store().find(SCOPE, upload.id()).orElseThrow();
        assertThat(completed.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(completed.outcome()).isEqualTo(completion(upload).outcome());
    }

    @Test
    void ofManyThatCompleteOneWins() throws Exception {
        Upload upload = pending();
        store().insert(upload);
        int won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                tries.add(() -> store().complete(completion(upload)));
            }
            for (Future<Boolean> result : threads.invokeAll(tries)) {
                won += result.get() ? 1 : 0;
            }
        }
        assertThat(won).isOne();
    }

    @Test
    void whatIsSettledStaysAsItIs() {
        Upload upload = pending();
        store().insert(upload);
        assertThat(store().cancel(SCOPE, upload.id(), NOW, NOW)).isTrue();

        assertThat(store().complete(completion(upload))).isFalse();
        assertThat(store().fail(SCOPE, upload.id(), "late", NOW, NOW)).isFalse();
        assertThat(store().startTask(SCOPE, upload.id(), task())).isFalse();
        assertThat(store().find(SCOPE, upload.id()).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void aTaskTakesAnUploadAndGivesItBack() {
        Upload upload = pending();
        store().insert(upload);
        TaskId task = task();

        assertThat(store().startTask(SCOPE, upload.id(), task)).isTrue();
        assertThat(store().startTask(SCOPE, upload.id(), task())).isFalse();
        assertThat(store().endTask(SCOPE, upload.id(), task(), "not mine")).isFalse();
        assertThat(store().endTask(SCOPE, upload.id(), task, "not there")).isTrue();

        Upload back = store().find(SCOPE, upload.id()).orElseThrow();
        assertThat(back.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(back.outcome().error()).isEqualTo("not there");
    }

    @Test
    void oneAtATimeLooksForThePlaceOfAnObject() {
        Upload upload = pending();
        store().insert(upload);
        Instant stale = NOW.plusSeconds(10);

        assertThat(store().startPlacing(SCOPE, upload.id(), "one", NOW, NOW)).isTrue();
        assertThat(store().startPlacing(SCOPE, upload.id(), "one", NOW, NOW)).isTrue();
        assertThat(store().startPlacing(SCOPE, upload.id(), "other", NOW, NOW)).isFalse();
        assertThat(store().isPlacing(SCOPE, upload.id(), "one")).isTrue();
        assertThat(store().isPlacing(OTHER_SCOPE, upload.id(), "one")).isFalse();
        assertThat(store().find(SCOPE, upload.id()).orElseThrow().outcome().placingAt())
                .isEqualTo(NOW);

        assertThat(store().startPlacing(SCOPE, upload.id(), "other", stale, stale))
                .isTrue();
        assertThat(store().isPlacing(SCOPE, upload.id(), "one")).isFalse();
        store().stopPlacing(SCOPE, upload.id(), "one");
        assertThat(store().isPlacing(SCOPE, upload.id(), "other")).isTrue();
        store().stopPlacing(SCOPE, upload.id(), "other");
        assertThat(store().find(SCOPE, upload.id()).orElseThrow().outcome().placingAt())
                .isNull();
    }

    @Test
    void whatIsBeingPlacedIsNeitherCanceledNorFailed() {
        Upload upload = pending();
        store().insert(upload);
        store().startPlacing(SCOPE, upload.id(), "one", NOW, NOW);

        assertThat(store().cancel(SCOPE, upload.id(), NOW, NOW)).isFalse();
        assertThat(store().fail(SCOPE, upload.id(), "late", NOW, NOW)).isFalse();
        assertThat(store().failPlaced(SCOPE, upload.id(), "late", NOW, NOW, NOW))
                .isFalse();

        assertThat(store().failPlaced(SCOPE, upload.id(), "late", NOW, NOW.plusMillis(1), NOW))
                .isTrue();
        assertThat(store().isPlacing(SCOPE, upload.id(), "one")).isFalse();
        assertThat(store().startPlacing(SCOPE, upload.id(), "one", NOW, NOW)).isFalse();
    }

    @Test
    void whatIsBeingPlacedCompletes() {
        Upload upload = pending();
        store().insert(upload);
        store().startPlacing(SCOPE, upload.id(), "one", NOW, NOW);

        assertThat(store().complete(completion(upload))).isTrue();
        assertThat(store().isPlacing(SCOPE, upload.id(), "one")).isFalse();
    }

    @Test
    void manyCompleteInOneGo() {
        List<Upload> uploads = List.of(pending(), pending(), pending());
        store().insertAll(uploads);
        store().cancel(SCOPE, uploads.getLast().id(), NOW, null);

        store().completeAll(uploads.stream().map(UploadFixtures::completion).toList());

        assertThat(uploads)
                .extracting(
                        upload -> store().find(SCOPE, upload.id()).orElseThrow().status())
                .containsExactly(TaskStatus.COMPLETED, TaskStatus.COMPLETED, TaskStatus.CANCELED);
    }

    @Test
    void listsFilterAndTheirSumsCoverEverythingThatMatches() {
        List<Upload> uploads = List.of(pending(), pending(), pending());
        store().insertAll(uploads);
        store().complete(completion(uploads.getFirst()));
        Filter open = FilterParser.parse(Map.of("status", "PENDING"), UploadFields.FIELDS);
        ListQuery one = ListQuery.first(1, UploadFields.NEWEST_FIRST).withFilter(open);

        assertThat(store().list(SCOPE, BUCKET, one).items()).hasSize(1);
        UploadListStats stats = store().stats(SCOPE, BUCKET, one);
        assertThat(stats.totalUploads()).isEqualTo(2);
        assertThat(stats.uploadsByStatus()).isEqualTo(Map.of("PENDING", 2L));
        assertThat(stats.totalSizeBytes()).isEqualTo(250);
        assertThat(stats.avgFileSizeBytes()).isEqualTo(125.0);
    }

    @Test
    void onlyOpenUploadsExpire() {
        Upload old = pending(SCOPE, NOW.minusSeconds(7200));
        Upload canceled = pending(SCOPE, NOW.minusSeconds(7200));
        Upload young = pending();
        store().insertAll(List.of(old, canceled, young));
        store().cancel(SCOPE, canceled.id(), NOW, null);

        assertThat(store().expired(NOW, 10)).extracting(Upload::id).containsExactly(old.id());
    }

    @Test
    void bytesAreDueOnceAndOnlyWhenTheirTimeHasCome() {
        Upload due = pending();
        Upload later = pending();
        store().insertAll(List.of(due, later));
        store().fail(SCOPE, due.id(), "why", NOW, NOW);
        store().fail(SCOPE, later.id(), "why", NOW, NOW.plusSeconds(60));

        List<Upload> found = store().dueForSweep(NOW, 10);
        assertThat(found).extracting(Upload::id).containsExactly(due.id());
        store().swept(found);
        assertThat(store().dueForSweep(NOW, 10)).isEmpty();
        assertThat(store().find(SCOPE, due.id()).orElseThrow().outcome().error())
                .isEqualTo("why");
    }

    @Test
    void whatIsRemovedIsGone() {
        Upload upload = pending();
        store().insert(upload);
        assertThat(store().page(SCOPE, BUCKET, 10)).hasSize(1);

        store().removeAll(SCOPE, List.of(upload.id()));

        assertThat(store().page(SCOPE, BUCKET, 10)).isEmpty();
    }

    private static TaskId task() {
        return new TaskId(UUID.randomUUID().toString());
    }
}
