package dev.waybill.uploads;

import static dev.waybill.uploads.UploadFixtures.BUCKET;
import static dev.waybill.uploads.UploadFixtures.NOW;
import static dev.waybill.uploads.UploadFixtures.OTHER_SCOPE;
import static dev.waybill.uploads.UploadFixtures.SCOPE;
import static dev.waybill.uploads.UploadFixtures.completion;
import static dev.waybill.uploads.UploadFixtures.pending;
import static dev.waybill.uploads.UploadFixtures.reserving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.objects.UploadCompletion.UploadRef;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.FilterParser;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import dev.waybill.platform.tenancy.OrganizationId;
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

/** Contract of every upload store. */
abstract class UploadStoreContract {

    /** An empty one. */
    abstract UploadStore store();

    @Test
    void anUploadIsReadBackAsItWasInserted() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));

        assertThat(store().find(SCOPE, upload.id())).contains(upload);
        assertThat(store().findAll(SCOPE, List.of(upload.id(), new UploadId("upl_nosuch"))))
                .containsExactly(upload);
    }

    @Test
    void anInsertLeavesAnExistingUploadUnchanged() {
        UploadEntity first = pending();
        UploadEntity second = pending();
        store().insertAll(List.of(first));
        store().completeAll(List.of(completion(first)));
        UploadEntity completed = store().find(SCOPE, first.id()).orElseThrow();

        store().insertAll(List.of(first));
        store().insertAll(List.of(first, second));

        assertThat(store().find(SCOPE, first.id())).contains(completed);
        assertThat(store().find(SCOPE, second.id())).contains(second);
    }

    @Test
    void openUploadsReserveQuota() {
        UploadEntity open = reserving(125L);
        UploadEntity unsized = reserving(0L);
        UploadEntity canceled = reserving(125L);
        store().insertAll(List.of(open, unsized, canceled, pending()));
        store().completeAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        assertThat(store().reserving(SCOPE.organization())).containsExactlyInAnyOrder(open, unsized);
        assertThat(store().reserving(new OrganizationId("org_other"))).isEmpty();
        store().completeAll(List.of(completion(open)));
        assertThat(store().reserving(SCOPE.organization())).containsExactly(unsized);
        assertThat(store().find(SCOPE, open.id()).orElseThrow().reservedBytes()).isZero();
    }

    @Test
    void anUploadIsInvisibleToOtherScopes() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));

        assertThat(store().find(OTHER_SCOPE, upload.id())).isEmpty();
        assertThat(store().startTask(OTHER_SCOPE, upload.id(), task())).isFalse();
        assertThat(store().list(OTHER_SCOPE, BUCKET, ListQuery.first(10, Sort.descending("created_at")))
                        .items())
                .isEmpty();
    }

    @Test
    void anOutcomeIsStored() {
        UploadEntity done = pending();
        UploadEntity failed = pending();
        store().insertAll(List.of(done, failed));

        List<UploadEntity> now =
                store().completeAll(List.of(completion(done), ended(failed, TaskStatus.FAILED, "why")));

        List<UploadEntity> stored = store().findAll(SCOPE, List.of(done.id(), failed.id()));
        assertThat(stored)
                .extracting(UploadEntity::status)
                .containsExactlyInAnyOrder(TaskStatus.COMPLETED, TaskStatus.FAILED);
        assertThat(now.getFirst()).isEqualTo(store().find(SCOPE, done.id()).orElseThrow());
        assertThat(now.getFirst().outcome()).isEqualTo(completion(done).outcome());
        assertThat(now.getLast().outcome().error()).isEqualTo("why");
    }

    @Test
    void aMoveToAnotherPropertyIsStored() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));
        Settled end = completion(upload);
        PropertyChoice sound = new PropertyChoice("sound", FieldType.AUDIO);

        List<UploadEntity> now = store().completeAll(List.of(
                new Settled(end.upload(), end.status(), end.outcome(), sound, end.key(), end.keepsBytes())));

        UploadEntity.Target target =
                store().find(SCOPE, upload.id()).orElseThrow().target();
        assertThat(target)
                .isEqualTo(now.getFirst().target())
                .isEqualTo(upload.target().movedTo(sound));
        assertThat(target.property()).isEqualTo("sound");
        assertThat(target.type()).isEqualTo(FieldType.AUDIO);
    }

    @Test
    void oneOfManyConcurrentOutcomesIsStored() throws Exception {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));
        List<TaskStatus> returned = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<UploadEntity>>> attempts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Settled end = i % 2 == 0 ? completion(upload) : ended(upload, TaskStatus.CANCELED, null);
                attempts.add(() -> store().completeAll(List.of(end)));
            }
            for (Future<List<UploadEntity>> result : threads.invokeAll(attempts)) {
                returned.add(result.get().getFirst().status());
            }
        }
        assertThat(returned)
                .hasSize(20)
                .containsOnly(store().find(SCOPE, upload.id()).orElseThrow().status());
    }

    @Test
    void anOutcomeIsFinal() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));
        store().completeAll(List.of(ended(upload, TaskStatus.CANCELED, null)));

        List<UploadEntity> now = store().completeAll(List.of(completion(upload)));

        assertThat(now).extracting(UploadEntity::status).containsExactly(TaskStatus.CANCELED);
        assertThat(store().startTask(SCOPE, upload.id(), task())).isFalse();
        assertThat(store().find(SCOPE, upload.id())).contains(now.getFirst());
    }

    @Test
    void aRemovedUploadGetsNoOutcome() {
        UploadEntity gone = pending();
        UploadEntity existing = pending();
        store().insertAll(List.of(existing));

        assertThat(store().completeAll(List.of(completion(gone), completion(existing))))
                .extracting(UploadEntity::id)
                .containsExactly(existing.id());
    }

    @Test
    void aTaskStartsAndEndsProcessing() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));
        TaskId task = task();

        assertThat(store().startTask(SCOPE, upload.id(), task)).isTrue();
        assertThat(store().startTask(SCOPE, upload.id(), task())).isFalse();
        assertThat(store().endTask(SCOPE, upload.id(), task(), "another task")).isFalse();
        assertThat(store().endTask(SCOPE, upload.id(), task, "not there")).isTrue();

        UploadEntity back = store().find(SCOPE, upload.id()).orElseThrow();
        assertThat(back.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(back.outcome().error()).isEqualTo("not there");
    }

    @Test
    void renewalNeverShortensTheExpiry() {
        UploadEntity upload = pending();
        UploadEntity later = upload.renewed(upload.expiresAt().plusSeconds(600), 120);
        store().insertAll(List.of(upload));

        assertThat(store().renew(later, NOW)).contains(later);
        assertThat(store().renew(upload.renewed(upload.expiresAt().plusSeconds(599), 60), NOW))
                .contains(later);

        assertThat(store().find(SCOPE, upload.id())).contains(later);
    }

    @Test
    void anUploadThatIsNotPendingOrExpiredLongAgoIsNotRenewed() {
        UploadEntity processing = pending();
        UploadEntity canceled = pending();
        UploadEntity late = pending();
        UploadEntity gone = pending();
        Instant later = NOW.plusSeconds(9_000);
        store().insertAll(List.of(processing, canceled, late));
        store().startTask(SCOPE, processing.id(), task());
        store().completeAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        UploadEntity stillProcessing =
                store().renew(processing.renewed(later, 60), NOW).orElseThrow();
        UploadEntity stillCanceled =
                store().renew(canceled.renewed(later, 60), NOW).orElseThrow();

        assertThat(stillProcessing.status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(stillProcessing.expiresAt()).isEqualTo(processing.expiresAt());
        assertThat(stillCanceled.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(stillCanceled.expiresAt()).isEqualTo(canceled.expiresAt());
        assertThat(store().renew(late.renewed(later, 60), late.expiresAt().plusMillis(1)))
                .contains(late);
        assertThat(store().renew(gone.renewed(later, 60), NOW)).isEmpty();
    }

    @Test
    void anOutcomeKeepsAConcurrentRenewal() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));
        UploadEntity later = upload.renewed(upload.expiresAt().plusSeconds(600), 120);
        store().renew(later, NOW);

        store().completeAll(List.of(completion(upload)));

        UploadEntity completed = store().find(SCOPE, upload.id()).orElseThrow();
        assertThat(completed.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(completed.expiresAt()).isEqualTo(later.expiresAt());
        assertThat(completed.file()).isEqualTo(later.file());
    }

    @Test
    void listsFilterAndTheirSumsCoverEverythingThatMatches() {
        List<UploadEntity> uploads = List.of(pending(), pending(), pending());
        store().insertAll(uploads);
        store().completeAll(List.of(completion(uploads.getFirst())));
        Filter open = FilterParser.parse(Map.of("status", "PENDING"), ListUploadsRequest.FIELDS);
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
        UploadEntity old = pending(SCOPE, NOW.minusSeconds(7200));
        UploadEntity canceled = pending(SCOPE, NOW.minusSeconds(7200));
        UploadEntity young = pending();
        UploadEntity asOld = pending(SCOPE, NOW.minusSeconds(7200));
        UploadEntity older = pending(SCOPE, NOW.minusSeconds(7201));
        store().insertAll(List.of(old, canceled, young, asOld, older));
        store().completeAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        List<UploadEntity> expired = store().expired(NOW, null, 10);
        assertThat(expired).extracting(UploadEntity::id).containsExactlyInAnyOrder(old.id(), asOld.id(), older.id());
        assertThat(expired.getFirst().id()).isEqualTo(older.id());
        assertThat(store().expired(NOW, expired.get(1), 10))
                .extracting(UploadEntity::id)
                .containsExactly(expired.get(2).id());
        assertThat(store().expired(NOW, null, 2)).isEqualTo(expired.subList(0, 2));
    }

    @Test
    void openUploadsOfAllTenantsAreFound() {
        UploadEntity open = pending();
        UploadEntity canceled = pending();
        UploadEntity others = pending(OTHER_SCOPE, NOW);
        UploadEntity unasked = pending();
        store().insertAll(List.of(open, canceled, others, unasked));
        store().completeAll(List.of(ended(canceled, TaskStatus.CANCELED, null)));

        assertThat(store().open(Stream.of(open, canceled, others)
                        .map(UploadStoreContract::reference)
                        .toList()))
                .extracting(UploadEntity::id)
                .containsExactlyInAnyOrder(open.id(), others.id());
        assertThat(store().open(List.of(
                        new UploadRef(OTHER_SCOPE, open.bucket(), open.id().value()))))
                .isEmpty();
        assertThat(store().open(List.of())).isEmpty();
    }

    private static UploadRef reference(UploadEntity upload) {
        return new UploadRef(upload.scope(), upload.bucket(), upload.id().value());
    }

    @Test
    void aRemovedUploadIsNotFound() {
        UploadEntity upload = pending();
        store().insertAll(List.of(upload));
        assertThat(store().page(SCOPE, BUCKET, 10)).hasSize(1);

        store().removeAll(SCOPE, List.of(upload.id()));

        assertThat(store().page(SCOPE, BUCKET, 10)).isEmpty();
    }

    private static Settled ended(UploadEntity upload, TaskStatus status, @Nullable String error) {
        return Settled.without(upload, status, error, NOW, false);
    }

    private static TaskId task() {
        return new TaskId(UUID.randomUUID().toString());
    }
}
