package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service dies while it deletes a bucket or a namespace; the others finish that. */
@Order(9)
@ResourceLock(CrashStory.PLAIN)
class DeletionCrashTests extends CrashStory {

    DeletionCrashTests() {
        super(PLAIN);
    }

    @Test
    void aServiceThatDiedRightAfterTheMarkIsReplaced() {
        try (CrashableService doomed = dyingAt("buckets.delete.marked")) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            String path = "/v1/buckets/" + workspace.bucket();
            assertDies(doomed, () -> workspace.client().delete(path));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            DeletionStoryTests.assertGone(again.client(), path);
            DeletionStoryTests.lift(survivor(), "buckets", workspace.bucket());
            assertPurged(workspace.bucket(), again);
        }
    }

    @Test
    void aNamespaceWhoseServiceDiedRightAfterTheMarkGoesToo() {
        try (CrashableService doomed = dyingAt("namespaces.delete.marked")) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            String path = "/v1/namespaces/" + workspace.namespace();
            assertDies(doomed, () -> workspace.client().delete(path));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            DeletionStoryTests.assertGone(survivor().client(), path);
            DeletionStoryTests.lift(survivor(), "namespaces", workspace.namespace());
            assertPurged(workspace.namespace(), again);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"object-purge.bytes-removed", "object-purge.objects-removed", "buckets.delete.contents-removed"})
    void aBucketsDeletionThatDiedIsFinishedByAnother(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            assertDiesOf(doomed, () -> workspace.client().delete("/v1/buckets/" + workspace.bucket()));

            anotherGoesOn();
            assertPurged(workspace.bucket(), workspace.through(survivor().client()));
        }
    }

    @Test
    void aDeletionThatDiedTwiceIsFinishedByTheThird() {
        Workspace workspace;
        try (CrashableService first = dyingAt("object-purge.bytes-removed")) {
            Workspace filled = DeletionStoryTests.filled(first.client());
            Tenant.bucket(filled.client(), "second");
            assertDiesOf(first, () -> filled.client().delete("/v1/namespaces/" + filled.namespace()));
            workspace = filled;
        }
        try (CrashableService next = dyingAt("namespaces.delete.contents-removed")) {
            aMinutePasses();
            next.awaitDeath();

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            Answer settled = again.settled(taskOf(workspace.namespace()));
            assertThat(settled.at("/status")).as(settled.text()).isEqualTo("COMPLETED");
            assertPurged(workspace.namespace(), again);
        }
    }

    private String taskOf(String namespace) {
        return survivor()
                .client()
                .post("/v1/tasks/list?limit=100")
                .json()
                .at("/results")
                .valueStream()
                .filter(task -> task.toString().contains(namespace))
                .map(task -> task.at("/task_id").asString())
                .findFirst()
                .orElseThrow();
    }

    private void assertPurged(String id, Workspace workspace) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(files(workspace)).isEmpty();
            DeletionStoryTests.assertOnlyATombstoneNames(survivor(), id);
        });
    }
}
