package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Receiver.Call;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A deleted bucket emits one event, with how many objects it held, and none for each of these. */
class BucketEventStoryTests extends WebhookStory {

    @Test
    void aDeletedBucketEmitsOneEventWithItsObjectCount() {
        Workspace workspace = DeletionStoryTests.filled(organization());
        subscribe(workspace);

        Answer deleting = workspace.client().delete("/v1/buckets/" + workspace.bucket());

        assertThat(workspace.settled(deleting.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
        Call event = one("bucket.deleted");
        assertThat(event.json().at("/namespace_id").asString()).isEqualTo(workspace.namespace());
        assertThat(event.json().at("/subject/type").asString()).isEqualTo("bucket");
        assertThat(event.json().at("/subject/id").asString()).isEqualTo(workspace.bucket());
        assertThat(event.json().at("/metadata/bucket_id").asString()).isEqualTo(workspace.bucket());
        assertThat(event.json().at("/metadata/bucket_name").asString()).isEqualTo("product-catalog");
        assertThat(event.json().at("/metadata/object_count").asInt()).isEqualTo(2);
        assertThat(RECEIVER.calls(path, "object.deleted")).isEmpty();
    }

    @Test
    void eachBucketOfADeletedNamespaceEmitsAnEvent() {
        Workspace workspace = DeletionStoryTests.filled(organization());
        String second = Tenant.bucket(workspace.client(), "second");
        subscribe(workspace);

        Answer deleting = workspace.client().delete("/v1/namespaces/" + workspace.namespace());

        assertThat(workspace.settled(deleting.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
        await().atMost(Duration.ofSeconds(30)).until(() -> counts().size() == 2);
        assertThat(counts()).isEqualTo(Map.of(workspace.bucket(), Set.of(2), second, Set.of(0)));
        assertThat(RECEIVER.calls(path, "object.deleted")).isEmpty();
    }

    private void subscribe(Workspace workspace) {
        Answer hook = create(workspace.client(), List.of("bucket.deleted", "object.deleted"));
        assertThat(hook.status()).as(hook.text()).isEqualTo(201);
    }

    /** The counts of objects in the events of each bucket. */
    private Map<String, Set<Integer>> counts() {
        return RECEIVER.calls(path, "bucket.deleted").stream()
                .map(Call::json)
                .collect(Collectors.groupingBy(
                        event -> event.at("/subject/id").asString(),
                        Collectors.mapping(
                                event -> event.at("/metadata/object_count").asInt(), Collectors.toSet())));
    }
}
