package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** A deleted bucket or namespace answers 404 at once; its bytes and documents are purged soon after. */
class DeletionStoryTests {

    @Test
    void aDeletedBucketLeavesNothing() {
        ServiceUnderTest service = ServiceUnderTest.shared();
        Workspace workspace = filled(service.client());
        String neighbour = Tenant.bucket(workspace.client(), "neighbour");
        await().untilAsserted(() -> assertThat(stored(service, workspace)).hasSize(4));
        String object = workspace.client().post(workspace.path("/objects/list")).at("/results/0/object_id");

        Answer deleting = workspace.client().delete("/v1/buckets/" + workspace.bucket());

        assertThat(deleting.status()).as(deleting.text()).isEqualTo(200);
        assertGone(workspace.client(), "/v1/buckets/" + workspace.bucket());
        assertGone(workspace.client(), "/v1/buckets/product-catalog");
        assertGone(workspace.client(), workspace.path("/objects/" + object));
        assertThat(workspace.client().post(workspace.path("/objects/list")).status())
                .isEqualTo(404);
        assertThat(workspace.client().post(workspace.path("/uploads/list")).status())
                .isEqualTo(404);
        assertThat(workspace
                        .ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg"))
                        .status())
                .isEqualTo(404);
        assertThat(workspace.client().post("/v1/buckets/list").text()).doesNotContain(workspace.bucket());
        String again = Tenant.bucket(workspace.client(), "product-catalog");
        assertThat(again).isNotEqualTo(workspace.bucket());
        Answer task = workspace.settled(deleting.at("/task_id"));
        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        await().untilAsserted(() -> assertThat(stored(service, workspace)).isEmpty());
        assertNothingNames(service, workspace.bucket());
        for (String kept : List.of(neighbour, again)) {
            assertThat(workspace.client().get("/v1/buckets/" + kept).status()).isEqualTo(200);
        }
    }

    @Race
    void concurrentDeletionsOfOneBucketShareOneTask() throws InterruptedException {
        Workspace workspace = Workspace.create(ServiceUnderTest.shared().client());
        String path = "/v1/buckets/" + workspace.bucket();

        List<Answer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> delete = () -> workspace.client().delete(path);
            answers = threads.invokeAll(Collections.nCopies(8, delete)).stream()
                    .map(Future::resultNow)
                    .toList();
        }

        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 404).contains(200);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .map(answer -> answer.at("/task_id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aDeletedNamespaceLeavesNothing() {
        ServiceUnderTest service = ServiceUnderTest.shared();
        Workspace workspace = filled(service.client());
        String second = Tenant.bucket(workspace.client(), "second");
        WaybillClient inside = workspace.client();
        Workspace bystander = Workspace.create(service.client());
        bystander.confirm(bystander.putJpeg());
        String name = inside.get("/v1/namespaces/" + workspace.namespace()).at("/namespace_name");

        Answer deleting = inside.delete("/v1/namespaces/" + workspace.namespace());

        assertThat(deleting.status()).as(deleting.text()).isEqualTo(200);
        WaybillClient byId = service.client().withNamespace(workspace.namespace());
        for (WaybillClient client : List.of(inside, byId)) {
            assertGone(client, "/v1/buckets/" + workspace.bucket());
            assertGone(client, "/v1/buckets/" + second);
            assertThat(client.post("/v1/buckets/list").status()).isEqualTo(404);
        }
        assertGone(byId, "/v1/namespaces/" + workspace.namespace());
        assertGone(byId, "/v1/namespaces/" + name);
        String again = Tenant.namespace(service.client(), name);
        Answer task = workspace.settled(deleting.at("/task_id"));
        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        await().untilAsserted(() -> assertThat(stored(service, workspace)).isEmpty());
        assertThat(task.json().at("/additional_data/progress/percentage").asInt())
                .isEqualTo(100);
        assertNothingNames(service, workspace.namespace());
        assertThat(service.client().get("/v1/namespaces/" + again).status()).isEqualTo(200);
        assertThat(stored(service, bystander)).hasSize(1);
        assertThat(bystander.objects()).isOne();
    }

    /** Two objects, an upload whose bytes are there, one without, and a canceled one whose bytes were kept. */
    static Workspace filled(WaybillClient client) {
        Workspace workspace = Workspace.create(client);
        List<String> uploads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            uploads.add(workspace.putJpeg());
        }
        assertThat(workspace.confirm(uploads.get(0)).at("/status")).isEqualTo("COMPLETED");
        assertThat(workspace.confirm(uploads.get(1)).at("/status")).isEqualTo("COMPLETED");
        workspace.askForJpeg();
        workspace.client().delete(workspace.path("/uploads/" + uploads.get(3) + "?delete_s3_object=false"));
        return workspace;
    }

    static void assertGone(WaybillClient client, String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
    }

    static List<?> stored(ServiceUnderTest service, Workspace workspace) {
        return service.bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(stored -> stored.key().value().contains("/" + workspace.namespace() + "/"))
                .toList();
    }

    /** The counters' sweep writes what it was computing meanwhile, so it gets a moment. */
    static void assertNothingNames(ServiceUnderTest service, String id) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(naming(service, id)).isEmpty());
    }

    /** Every document that names something, but for receipts and locks. */
    static List<Document> naming(ServiceUnderTest service, String id) {
        MongoTemplate mongo = service.bean(MongoTemplate.class);
        List<Document> naming = new ArrayList<>();
        for (String collection : mongo.getCollectionNames()) {
            if (!Set.of("tasks", "locks").contains(collection)) {
                for (Document document : mongo.getCollection(collection).find()) {
                    if (document.toJson().contains(id)) {
                        naming.add(document);
                    }
                }
            }
        }
        return naming;
    }
}
