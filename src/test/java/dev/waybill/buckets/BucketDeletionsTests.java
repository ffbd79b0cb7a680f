package dev.waybill.buckets;

import static dev.waybill.buckets.BucketFixtures.NOW;
import static dev.waybill.buckets.BucketFixtures.SCOPE;
import static dev.waybill.buckets.BucketFixtures.bucket;
import static dev.waybill.buckets.BucketFixtures.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.namespaces.Deletion;
import dev.waybill.namespaces.RecordedTasks;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Databases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class BucketDeletionsTests {

    private final TestMongo database = new TestMongo(Databases.STAND_IN, BucketDocument.class);
    private final BucketStore store = new BucketStore(database.template(), null);
    private final RecordedTasks tasks = new RecordedTasks();
    private final List<String> events = new ArrayList<>();
    private Instant now = NOW;
    private String crashAt = "";

    private final BucketDeletions deletions = new BucketDeletions(
            store,
            tasks,
            new StaticListableBeanFactory(
                            Map.of("objects", contents("objects", 200), "uploads", contents("uploads", 100)))
                    .getBeanProvider(BucketContents.class),
            this::reach,
            () -> now);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void removesContentsInOrderAndTellsItsProgress() {
        store.insert(bucket("bkt_1", "photos"));
        store.recordUsage(SCOPE, new BucketId("bkt_1"), usage(7, 70, NOW), NOW);
        RecordedTasks.Run run = tasks.run(delete("bkt_1").id());

        TaskOutcome outcome = deletions.run(run);

        assertThat(events).containsExactly("uploads photos", "objects photos");
        assertThat(run.told()).containsExactly("2/7", "4/7");
        assertThat(outcome)
                .isEqualTo(new TaskOutcome.Completed(List.of(Map.of("bucket_id", "bkt_1", "removed", 4L)), Map.of()));
    }

    @Test
    void aCrashBeforeTheTaskWasHandedInIsRepaired() {
        store.insert(bucket("bkt_1", "photos"));
        crashAt = "buckets.delete.marked";
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> delete("bkt_1"));
        crashAt = "";

        now = now.plus(Duration.ofMinutes(2));
        deletions.resume();

        assertThat(tasks.ids()).hasSize(1);
        assertThat(deletions.run(tasks.run(tasks.ids().getFirst()))).isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void aTaskThatFailedIsFollowedByAnother() {
        store.insert(bucket("bkt_1", "photos"));
        Task task = delete("bkt_1");
        crashAt = "buckets.delete.contents-removed";
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> deletions.run(tasks.run(task.id())));
        crashAt = "";
        tasks.end(task.id(), TaskStatus.FAILED);

        now = now.plus(Duration.ofMinutes(2));
        deletions.resume();

        assertThat(tasks.ids()).hasSize(2);
        deletions.run(tasks.run(tasks.ids().getLast()));
        assertThat(purgedAt("bkt_1")).isEqualTo(now);
    }

    @Test
    void whatArrivesLateIsRemovedWithTheTombstone() {
        store.insert(bucket("bkt_1", "photos"));
        deletions.run(tasks.run(delete("bkt_1").id()));
        events.clear();

        now = now.plus(Duration.ofHours(26));
        deletions.resume();

        assertThat(events).containsExactly("uploads photos", "objects photos");
        assertThat(store.findMarked(SCOPE, new BucketId("bkt_1"))).isEmpty();
        assertThat(store.all(SCOPE, null, 10)).isEmpty();
        assertThat(tasks.ids()).hasSize(1);
        assertThat(deletions.run(tasks.run(tasks.ids().getFirst()))).isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void aNamespaceTakesAllItsBucketsAndNoOthers() {
        for (int i = 0; i < 150; i++) {
            store.insert(bucket("bkt_%03d".formatted(i), "b" + i));
        }
        delete("bkt_007");
        Scope sibling = new Scope(SCOPE.organization(), new NamespaceId("ns_2"));
        store.insert(bucket(sibling, "bkt_x", "theirs"));
        NamespaceBuckets contents =
                new NamespaceBuckets(store, new BucketLookup(store, new SimpleMeterRegistry()), deletions, () -> now);
        LongAdder removed = new LongAdder();

        contents.purge(SCOPE, removed::add, () -> false);

        assertThat(removed.sum()).isEqualTo(150 * 4 + 150);
        assertThat(store.find(SCOPE, "b1")).isEmpty();
        assertThat(store.all(SCOPE, null, 200)).hasSize(150).allSatisfy(kept -> {
            assertThat(kept.deletion()).isNotNull();
            assertThat(kept.deletion().purgedAt()).isEqualTo(now);
        });
        assertThat(events).hasSize(300).contains("objects b7").doesNotContain("objects theirs");
        assertThat(store.find(sibling, "theirs")).isPresent();
    }

    @Test
    void aNamespacesPurgeStopsWhenItIsTold() {
        store.insert(bucket("bkt_1", "photos"));
        NamespaceBuckets contents =
                new NamespaceBuckets(store, new BucketLookup(store, new SimpleMeterRegistry()), deletions, () -> now);

        contents.purge(SCOPE, count -> {}, () -> true);

        assertThat(events).isEmpty();
        assertThat(store.find(SCOPE, "photos")).isPresent();
    }

    private Task delete(String id) {
        Bucket bucket = store.find(SCOPE, id).orElseThrow();
        Deletion mark = BucketDeletions.mark(bucket, now);
        assertThat(store.mark(SCOPE, bucket.id(), mark)).isTrue();
        return deletions.submit(bucket, mark);
    }

    private Instant purgedAt(String id) {
        return store.findMarked(SCOPE, new BucketId(id))
                .orElseThrow()
                .deletion()
                .purgedAt();
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
            public void purge(Bucket bucket, LongConsumer removed, BooleanSupplier stop) {
                events.add(name + " " + bucket.name());
                removed.accept(2);
            }
        };
    }
}
