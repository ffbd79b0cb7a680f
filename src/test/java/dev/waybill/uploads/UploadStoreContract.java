package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.BUCKET;
import static dev.waybill.uploads.UploadFixtures.NOW;
import static dev.waybill.uploads.UploadFixtures.OTHER_SCOPE;
import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static dev.waybill.uploads.UploadFixtures.completion;
import static dev.waybill.uploads.UploadFixtures.pending;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.objects.UploadAftermath.Told;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.FilterParser;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.UploadStore.Settled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of uploads keeps to. */
abstract class UploadStoreContract {

    /** An empty one. */
    abstract UploadStore store();

    @Test
    void whatIsKeptComesBackAsItWas() {
        Upload upload = pending();
        store().insertAll(List.of(upload));

        assertThat(store().find(SCOPE, upload.id())).contains(upload);
        assertThat(store().findAll(SCOPE, List.of(upload.id(), new UploadId("upl_nosuch"))))
                .containsExactly(upload);
    }

    @Test
    void whatIsThereAlreadyStaysAsItIs() {
        Upload first = pending();
        Upload second = pending();
        store().insertAll(List.of(first));
        store().settleAll(List.of(completion(first)));
        Upload completed = store().find(SCOPE, first.id()).orElseThrow();

        store().insertAll(List.of(first));
        store().insertAll(List.of(first, second));

        assertThat(store().find(SCOPE, first.id())).contains(completed);
        assertThat(store().find(SCOPE, second.id())).contains(second);
    }

    @Test
    void noOtherScopeSeesIt() {
        Upload upload = pending();
        store().insertAll(List.of(upload));

        assertThat(store().find(OTHER_SCOPE, upload.id())).isEmpty();
        assertThat(store().startTask(OTHER_SCOPE, upload.id(), task())).isFalse();
        assertThat(store().list(OTHER_SCOPE, BUCKET, ListQuery.first(10, Sort.descending("created_at")))
                        .items())
                .isEmpty();
    }

    @Test
    void anUploadTellsItsEnd() {
        Upload done = pending();
        Upload failed = pending();
        store().insertAll(List.of(done, failed));

        List<Upload> now = store().settleAll(List.of(completion(done), ended(failed, TaskStatus.FAILED, "why")));

        List<Upload> stored = store().findAll(SCOPE, List.of(done.id(), failed.id()));
        assertThat(stored)
                .extracting(Upload::status)
                .containsExactlyInAnyOrder(TaskStatus.COMPLETED, TaskStatus.FAILED);
        assertThat(now.getFirst()).isEqualTo(store().find(SCOPE, done.id()).orElseThrow());
        assertThat(now.getFirst().outcome()).isEqualTo(completion(done).outcome());
        assertThat(now.getLast().outcome().error()).isEqualTo("why");
    }

    @Test
    void ofManyEndsThatAreGivenAtOnceOneHolds() throws Exception {
        Upload upload = pending();
        store().insertAll(List.of(upload));
        List<TaskStatus> told = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Upload>>> tries = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Settled end = i % 2 == 0 ? completion(upload) : ended(upload, TaskStatus.CANCELED, null);
                tries.add(() -> store().settleAll(List.of(end)));
            }
            for (Future<List<Upload>> result : threads.invokeAll(tries)) {
                told.add(result.get().getFirst().status());
            }
        }
        assertThat(told)
                .hasSize(20)
                .containsOnly(store().find(SCOPE, upload.id()).orElseThrow().status());
    }

    @Test
    void whatHasItsEndKeepsIt() {
        Upload upload = pending();
        store().insertAll(List.of(upload));
        store().settleAll(List.of(ended(upload, TaskStatus.CANCELED, null)));

        List<Upload> now = store().settleAll(List.of(completion(upload)));

        assertThat(now).extracting(Upload::status).containsExactly(TaskStatus.CANCELED);
        assertThat(store().startTask(SCOPE, upload.id(), task())).isFalse();
        assertThat(store().find(SCOPE, upload.id())).contains(now.getFirst());
    }

    @Test
    void whatIsGoneHasNoEnd() {
        Upload gone = pending();
        Upload there = pending();
        store().insertAll(List.of(there));

        assertThat(store().settleAll(List.of(completion(gone), completion(there))))
                .extracting(Upload::id)
                .containsExactly(there.id());
    }

    @Test
    void aTaskTakesAnUploadAndGivesItBack() {
        Upload upload = pending();
        store().insertAll(List.of(upload));
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
    void aPendingUploadExpiresLaterAndNeverEarlier() {
        Upload upload = pending();
        Upload later = upload.renewed(upload.expiresAt().plusSeconds(600), 120);
        store().insertAll(List.of(upload));

        assertThat(store().renew(later, NOW)).contains(later);
        assertThat(store().renew(upload.renewed(upload.expiresAt().plusSeconds(599), 60), NOW))
                .contains(later);

        assertThat(store().find(SCOPE, upload.id())).contains(later);
    }

    @Test
    void whatIsNotPendingOrExpiredLongAgoGetsNoMoreTime() {
        Upload processing = pending();
        Upload canceled = pending();
        Upload late = pending();
        Upload gone = pending();
        Instant later = NOW.plusSeconds(9_000);
        store().insertAll(List.of(processing, canceled, late));
        store().startTask(SCOPE, processing.id(), task());
        store().settleAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        Upload stillProcessing =
                store().renew(processing.renewed(later, 60), NOW).orElseThrow();
        Upload stillCanceled = store().renew(canceled.renewed(later, 60), NOW).orElseThrow();

        assertThat(stillProcessing.status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(stillProcessing.expiresAt()).isEqualTo(processing.expiresAt());
        assertThat(stillCanceled.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(stillCanceled.expiresAt()).isEqualTo(canceled.expiresAt());
        assertThat(store().renew(late.renewed(later, 60), late.expiresAt().plusMillis(1)))
                .contains(late);
        assertThat(store().renew(gone.renewed(later, 60), NOW)).isEmpty();
    }

    @Test
    void anEndLeavesTheTimeThatAnUploadWasGivenMeanwhile() {
        Upload upload = pending();
        store().insertAll(List.of(upload));
        Upload later = upload.renewed(upload.expiresAt().plusSeconds(600), 120);
        store().renew(later, NOW);

        store().settleAll(List.of(completion(upload)));

        Upload completed = store().find(SCOPE, upload.id()).orElseThrow();
        assertThat(completed.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(completed.expiresAt()).isEqualTo(later.expiresAt());
        assertThat(completed.file()).isEqualTo(later.file());
    }

    @Test
    void listsFilterAndTheirSumsCoverEverythingThatMatches() {
        List<Upload> uploads = List.of(pending(), pending(), pending());
        store().insertAll(uploads);
        store().settleAll(List.of(completion(uploads.getFirst())));
        Filter open = FilterParser.parse(Map.of("status", "PENDING"), UploadFields.FIELDS);
        ListQuery one = ListQuery.first(1, Sort.descending("created_at")).withFilter(open);

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
        Upload asOld = pending(SCOPE, NOW.minusSeconds(7200));
        Upload older = pending(SCOPE, NOW.minusSeconds(7201));
        store().insertAll(List.of(old, canceled, young, asOld, older));
        store().settleAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        List<Upload> expired = store().expired(NOW, null, 10);
        assertThat(expired).extracting(Upload::id).containsExactlyInAnyOrder(old.id(), asOld.id(), older.id());
        assertThat(expired.getFirst().id()).isEqualTo(older.id());
        assertThat(store().expired(NOW, expired.get(1), 10))
                .extracting(Upload::id)
                .containsExactly(expired.get(2).id());
        assertThat(store().expired(NOW, null, 2)).isEqualTo(expired.subList(0, 2));
    }

    @Test
    void thoseThatAreOpenAreToldOfAllTenants() {
        Upload open = pending();
        Upload canceled = pending();
        Upload others = pending(OTHER_SCOPE, NOW);
        Upload unasked = pending();
        store().insertAll(List.of(open, canceled, others, unasked));
        store().settleAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        assertThat(store().open(Stream.of(open, canceled, others)
                        .map(UploadStoreContract::told)
                        .toList()))
                .extracting(Upload::id)
                .containsExactlyInAnyOrder(open.id(), others.id());
        assertThat(store().open(List.of(
                        new Told(OTHER_SCOPE, open.bucket(), open.id().value()))))
                .isEmpty();
        assertThat(store().open(List.of())).isEmpty();
    }

    private static Told told(Upload upload) {
        return new Told(upload.scope(), upload.bucket(), upload.id().value());
    }

    @Test
    void whatIsRemovedIsGone() {
        Upload upload = pending();
        store().insertAll(List.of(upload));
        assertThat(store().page(SCOPE, BUCKET, 10)).hasSize(1);

        store().removeAll(SCOPE, List.of(upload.id()));

        assertThat(store().page(SCOPE, BUCKET, 10)).isEmpty();
    }

    private static Settled ended(Upload upload, TaskStatus status, @Nullable String error) {
        return Settled.without(upload, status, error, NOW, false);
    }

    private static TaskId task() {
        return new TaskId(UUID.randomUUID().toString());
    }
}
