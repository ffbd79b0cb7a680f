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

/** A service crashes while it deletes a bucket or a namespace; the others finish that. */
@Order(9)
@ResourceLock(CrashStory.PLAIN)
class DeletionCrashTests extends CrashStory {

    DeletionCrashTests() {
        super(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket-delete.submitted", "bucket-delete.marked"})
    void aServiceThatDiedWhileItBeganIsReplaced(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            String path = "/v1/buckets/" + workspace.bucket();
            assertDies(doomed, () -> workspace.client().delete(path));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            await().untilAsserted(() -> DeletionStoryTests.assertGone(again.client(), path));
            assertPurged(workspace.bucket(), again, "api_buckets_delete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespace-delete.submitted", "namespace-delete.marked", "bucket-delete.marked"})
    void aNamespaceWhoseServiceDiedWhileItBeganGoesToo(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            String path = "/v1/namespaces/" + workspace.namespace();
            assertDiesOf(doomed, () -> workspace.client().delete(path));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            await().untilAsserted(() -> DeletionStoryTests.assertGone(survivor().client(), path));
            assertPurged(workspace.namespace(), again, "api_namespaces_delete");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object-purge.bytes-removed",
                "object-purge.objects-removed",
                "bucket-delete.purged",
                "bucket-delete.ended",
                "bucket-delete.removed"
            })
    void aBucketsDeletionThatDiedIsFinishedByAnother(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            assertDiesOf(doomed, () -> workspace.client().delete("/v1/buckets/" + workspace.bucket()));

            anotherGoesOn();
            assertPurged(workspace.bucket(), workspace.through(survivor().client()), "api_buckets_delete");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespace-delete.purged", "namespace-delete.ended", "namespace-delete.removed"})
    void aNamespacesDeletionThatDiedIsFinishedByAnother(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = DeletionStoryTests.filled(doomed.client());
            assertDiesOf(doomed, () -> workspace.client().delete("/v1/namespaces/" + workspace.namespace()));

            anotherGoesOn();
            assertPurged(workspace.namespace(), workspace.through(survivor().client()), "api_namespaces_delete");
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
        try (CrashableService next = dyingAt("namespace-delete.ended")) {
            aMinutePasses();
            next.awaitDeath();

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            assertPurged(workspace.namespace(), again, "api_namespaces_delete");
        }
    }

    /** Its receipt says so, and it is true. */
    private void assertPurged(String id, Workspace workspace, String type) {
        Answer settled = workspace.settled(taskOf(id, type));
        assertThat(settled.at("/status")).as(settled.text()).isEqualTo("COMPLETED");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(files(workspace)).isEmpty());
        DeletionStoryTests.assertNothingNames(survivor(), id);
    }

    private String taskOf(String id, String type) {
        return survivor()
                .client()
                .post("/v1/tasks/list?limit=100")
                .json()
                .at("/results")
                .valueStream()
                .filter(task -> task.at("/task_type").asString().equals(type)
                        && task.at("/inputs").toString().contains(id))
                .map(task -> task.at("/task_id").asString())
                .findFirst()
                .orElseThrow();
    }
}
