package dev.waybill.buckets;

import static dev.waybill.buckets.BucketFixtures.NOW;
import static dev.waybill.buckets.BucketFixtures.SCOPE;
import static dev.waybill.buckets.BucketFixtures.bucket;
import static dev.waybill.buckets.BucketFixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionsByHand;
import dev.waybill.deletions.RecordedPass;
import dev.waybill.platform.events.RememberedEvents;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskType;
import dev.waybill.testing.Databases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class BucketDeletionTests {

    private final TestMongo database = new TestMongo(Databases.STAND_IN, BucketEntity.class);
    private final BucketStore store = new BucketStore(database.template(), null);
    private final RememberedEvents published = new RememberedEvents();
    private final List<String> events = new ArrayList<>();

    /** The number of items, by the name of the contents and the bucket's id. */
    private final Map<String, Long> itemCounts = new HashMap<>();

    private Instant now = NOW;
    private String crashAt = "";

    private final DeletionsByHand deletions = new DeletionsByHand(database.template(), this::reach, () -> now);
    private final BucketDeletion deletion = deletions.with(new BucketDeletion(
            deletions.door(),
            new BucketLookup(store, new SimpleMeterRegistry()),
            new StaticListableBeanFactory(
                            Map.of("objects", contents("objects", 200), "uploads", contents("uploads", 100)))
                    .getBeanProvider(BucketContents.class),
            published));

    private final NamespaceBuckets ofNamespace = new NamespaceBuckets(store, deletion);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void removesContentsInOrderAndReportsItsProgress() {
        TaskId task = deleted("bkt_1", 5, 2);

        assertThat(deletions.progressOf(task)).containsExactly("0/5", "2/5", "7/7");

        assertThat(events).containsExactly("uploads bkt_1", "objects bkt_1");
    }

    @Test
    void theReceiptNamesTheBucket() {
        TaskId task = deleted("bkt_1", 5, 2);

        assertThat(deletions.submitted(task).type()).isEqualTo(TaskType.API_BUCKETS_DELETE);
        assertThat(deletions.submitted(task).inputs())
                .containsExactly(Map.of("bucket_id", "bkt_1", "bucket_name", "photos bkt_1"));
        assertThat(finish(task))
                .isEqualTo(new TaskOutcome.Completed(List.of(Map.of("bucket_id", "bkt_1", "removed", 7L)), Map.of()));
    }

    @Test
    void emitsOneEventWithTheNumberOfObjects() {
        TaskId task = deleted("bkt_1", 5, 2);
        deletions.run(task);
        assertThat(published.all())
                .as("its contents are gone, but it may get more")
                .isEmpty();
        itemCounts.put("objects bkt_1", 1L);

        finish(task);

        assertThat(published.all()).singleElement().satisfies(event -> {
            assertThat(event.eventType()).isEqualTo("bucket.deleted");
            assertThat(event.organization()).isEqualTo(SCOPE.organization());
            assertThat(event.namespace()).isEqualTo(SCOPE.namespace());
            assertThat(event.subject().type()).isEqualTo("bucket");
            assertThat(event.subject().id()).isEqualTo("bkt_1");
            assertThat(event.occurredAt()).isEqualTo(NOW);
            assertThat(event.metadata())
                    .containsExactly(
                            Map.entry("bucket_id", "bkt_1"),
                            Map.entry("bucket_name", "photos bkt_1"),
                            Map.entry("object_count", 5L));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket-delete.purged", "bucket-delete.ended", "bucket-delete.removed"})
    void aCrashChangesNothingOfTheEvents(String step) {
        TaskId task = deleted("bkt_1", 5, 2);
        now = NOW.plus(DeletionsByHand.SETTLE);
        crashAt = step;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> finish(task));
        crashAt = "";

        assertThat(finish(task)).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(published.all())
                .singleElement()
                .satisfies(event -> assertThat(event.metadata()).containsEntry("object_count", 5L));
        assertThat(store.existsAny(SCOPE)).isFalse();
    }

    @Test
    void deletingANamespaceDeletesAllItsBucketsAndNoOthers() {
        for (int i = 0; i < 150; i++) {
            store.insertIfAbsent(bucket("bkt_%03d".formatted(i), "b" + i));
        }
        store.recordUsage(SCOPE, new BucketId("bkt_001"), usage(7, 70, NOW), NOW);
        deletion.begin(store.find(SCOPE, "bkt_007").orElseThrow());
        Scope sibling = new Scope(SCOPE.organization(), new NamespaceId("ns_2"));
        store.insertIfAbsent(bucket(sibling, "bkt_x", "theirs"));
        RecordedPass first = new RecordedPass();

        ofNamespace.purge(SCOPE, first);

        assertThat(first.told().stream().mapToLong(Long::longValue).sum())
                .as("but for the one that was deleted before")
                .isEqualTo(149 + 7);
        assertThat(store.pageById(SCOPE, null, 200)).isEmpty();
        assertThat(deletions.tasks()).hasSize(150);
        RecordedPass second = new RecordedPass();
        ofNamespace.purge(SCOPE, second);
        assertThat(second.hasFound())
                .as("buckets are there until their deletions end")
                .isTrue();
        assertThat(second.told()).isEmpty();
        assertThat(deletions.tasks()).hasSize(150);

        deletions.tasks().forEach(this::finish);

        RecordedPass last = new RecordedPass();
        ofNamespace.purge(SCOPE, last);
        assertThat(last.hasFound()).isFalse();
        assertThat(published.all()).hasSize(150);
        assertThat(store.find(sibling, "theirs")).isPresent();
    }

    @Test
    void aNamespacesPassStopsWhenItIsCanceled() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));

        ofNamespace.purge(SCOPE, new RecordedPass(() -> true));

        assertThat(deletions.tasks()).isEmpty();
        assertThat(store.find(SCOPE, "photos")).isPresent();
    }

    @Test
    void theRestOfANamespaceIsPurgedAfterItsBucketsInOrder() {
        store.insertIfAbsent(bucket("bkt_1", "photos"));
        itemCounts.put("uploads", 2L);

        RecordedPass deletionPass = new RecordedPass();
        ofNamespace.purge(SCOPE, deletionPass);

        assertThat(deletions.tasks()).hasSize(1);
        assertThat(events).containsExactly("uploads", "objects");
        assertThat(deletionPass.told()).containsExactly(1L, 2L);
        RecordedPass stopping = new RecordedPass(() -> events.size() == 3);
        ofNamespace.purge(SCOPE, stopping);
        assertThat(events).containsExactly("uploads", "objects", "uploads");
    }

    private TaskId deleted(String id, long objects, long uploads) {
        store.insertIfAbsent(bucket(id, "photos " + id));
        itemCounts.put("objects " + id, objects);
        itemCounts.put("uploads " + id, uploads);
        Task task = deletion.begin(store.find(SCOPE, id).orElseThrow());
        assertThat(store.find(SCOPE, id)).isEmpty();
        return task.id();
    }

    /** Runs the deletion until it completes. */
    private TaskOutcome finish(TaskId task) {
        now = NOW.plus(DeletionsByHand.SETTLE);
        TaskOutcome outcome = deletions.run(task);
        return outcome instanceof TaskOutcome.Later ? deletions.run(task) : outcome;
    }

    private void reach(String step) {
        if (step.equals(crashAt)) {
            throw new IllegalStateException("crashed at " + step);
        }
    }

    private BucketContents contents(String name, int order) {
        return new BucketContents() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public long countObjects(Scope scope, BucketId bucket) {
                return name.equals("objects") ? itemCounts.getOrDefault(name + " " + bucket, 0L) : 0;
            }

            @Override
            public void purge(Scope scope, BucketId bucket, DeletionPass deletionPass) {
                purge(name + " " + bucket, deletionPass);
            }

            @Override
            public void purgeAll(Scope scope, DeletionPass deletionPass) {
                purge(name, deletionPass);
            }

            private void purge(String what, DeletionPass deletionPass) {
                events.add(what);
                Long count = itemCounts.remove(what);
                deletionPass.removed(count == null ? 0 : count);
            }
        };
    }
}
