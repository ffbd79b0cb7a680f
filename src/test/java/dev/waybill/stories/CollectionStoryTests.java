package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.TestExtractors;
import dev.waybill.testing.Texts;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Collections are created, listed and deleted with their documents; uploads are processed as soon as they are
 * confirmed.
 */
@ResourceLock("test extractors") // one service reads for both, and counts its readings
class CollectionStoryTests {

    private static ServiceUnderTest service;

    private Texts texts;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared(TestExtractors.ON);
    }

    @BeforeEach
    void openABucket() {
        texts = Texts.create(service, "test_text", "test_chunks", "test_image");
    }

    @Test
    void collectionsAreMadeListedAndDeleted() {
        String whole = texts.collection("whole", "", "test_text");
        String chunks = texts.collection("chunks", "whole", "test_chunks");
        texts.process(texts.objects("a b", "c"));

        assertThat(texts.client().get("/v1/collections/chunks").at("/source/collection_id"))
                .isEqualTo(whole);
        assertThat(texts.client()
                        .get("/v1/collections/" + chunks)
                        .json()
                        .at("/tier")
                        .asInt())
                .isEqualTo(1);
        Answer list = texts.client().post("/v1/collections/list", Map.of("filters", Map.of("tier", 1)));
        assertThat(list.json().at("/total_count").asInt()).as(list.text()).isEqualTo(1);
        Answer taken = texts.client().post("/v1/collections", texts.collectionBody("whole", "", "test_text"));
        assertThat(taken.status()).isEqualTo(409);
        Answer read = texts.client().delete("/v1/collections/whole");
        assertThat(read.status()).as(read.text()).isEqualTo(409);
        assertThat(read.text()).contains("chunks");

        Answer deleted = texts.client().delete("/v1/collections/chunks");

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(texts.client().get("/v1/collections/chunks").status()).isEqualTo(404);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> texts.client()
                        .get("/v1/tasks/" + deleted.at("/task_id"))
                        .at("/status")
                        .equals("COMPLETED"));
        texts.collection("chunks", "whole", "test_chunks");
        assertThat(texts.documents("chunks")).isZero();
        assertThat(texts.documents("whole")).isEqualTo(2);
    }

    @Test
    void whatCannotBeIsRefused() {
        Answer unknown = texts.client().post("/v1/collections", texts.collectionBody("a", "", "no_such"));
        assertThat(unknown.status()).as(unknown.text()).isEqualTo(400);
        assertThat(unknown.text()).contains("test_counter_v1");
        Answer unlisted = texts.client().post("/v1/collections", texts.collectionBody("a", "", "test_counter"));
        assertThat(unlisted.status()).as(unlisted.text()).isEqualTo(400);
        assertThat(unlisted.text()).contains("test_chunks_v1").contains("feature_extractors");
        assertThat(texts.client()
                        .post("/v1/collections", texts.collectionBody("a", "nowhere", "test_text"))
                        .status())
                .isEqualTo(404);
        assertThat(texts.client()
                        .post("/v1/collections", Map.of("collection_name", "a b"))
                        .status())
                .isEqualTo(422);
        Answer parameters = texts.client()
                .post(
                        "/v1/collections",
                        Map.of(
                                "collection_name",
                                "a",
                                "source",
                                Map.of("type", "bucket", "bucket_id", texts.bucket()),
                                "feature_extractor",
                                Map.of(
                                        "feature_extractor_name",
                                        "test_text",
                                        "version",
                                        "v1",
                                        "parameters",
                                        Map.of("whisper", true))));
        assertThat(parameters.status()).as(parameters.text()).isEqualTo(400);
    }

    @Test
    void anotherNamespaceSeesNothingOfIt() {
        String whole = texts.collection("whole", "", "test_text");
        List<String> objects = texts.objects("a");
        Answer batch = texts.process(objects);
        Texts others = Texts.create(service, "test_text");

        assertThat(others.client().get("/v1/collections/" + whole).status()).isEqualTo(404);
        assertThat(others.documentsOf(objects.getFirst()).status()).isEqualTo(404);
        assertThat(others.client()
                        .get(others.path("/batches/" + batch.at("/batch_id")))
                        .status())
                .isEqualTo(404);
        assertThat(others.client()
                        .post("/v1/collections/list")
                        .json()
                        .at("/total_count")
                        .asInt())
                .isZero();
    }

    @Test
    void everythingIsDeletedWithItsBucket() {
        texts.collection("whole", "", "test_text");
        texts.process(texts.objects("a b", "c"));
        Workspace uploads = imagesIn(texts);
        String upload = uploads.putJpeg();
        Answer confirmed = uploads.confirm(upload);
        texts.collection("images", "", "test_image");
        texts.process(List.of(confirmed.at("/object_id")));
        assertThat(thumbnails()).hasSize(1);
        Answer counted = service.client().get("/v1/namespaces/" + texts.scope().namespace());
        assertThat(counted.json().at("/collection_count").asInt())
                .as(counted.text())
                .isEqualTo(2);
        assertThat(counted.json().at("/document_count").asInt()).isEqualTo(3);

        Answer deleting = texts.client().delete("/v1/buckets/texts");

        assertThat(uploads.settled(deleting.at("/task_id")).at("/status")).isEqualTo("COMPLETED");
        assertThat(thumbnails()).isEmpty();
        Answer after = service.client().get("/v1/namespaces/" + texts.scope().namespace());
        assertThat(after.json().at("/collection_count").asInt()).isZero();
        assertThat(after.json().at("/document_count").asInt()).isZero();
    }

    @Test
    void anUploadIsProcessedAsSoonAsItIsConfirmed() {
        texts.collection("images", "", "test_image");
        Workspace uploads = imagesIn(texts);
        byte[] photo = SampleFiles.jpeg();
        String id = put(uploads, photo, Map.of());

        Answer confirmed = uploads.confirm(id, Map.of("auto_submit_batch", true));

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        String batch = confirmed.at("/batch_id");
        assertThat(batch).startsWith("btch_");
        Answer done = texts.over(batch);
        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
        assertThat(done.at("/task_id")).isEqualTo(confirmed.at("/task_id"));
        assertThat(texts.documentsOf(confirmed.at("/object_id"))
                        .json()
                        .at("/results/0/fields/size")
                        .asInt())
                .isEqualTo(photo.length);
        Answer again = uploads.confirm(id, Map.of("auto_submit_batch", true));
        assertThat(again.at("/batch_id")).isEqualTo(batch);
        assertThat(again.at("/task_id")).isEqualTo(confirmed.at("/task_id"));
        Answer duplicate = uploads.confirm(put(uploads, photo, Map.of("auto_submit_batch", true)));
        assertThat(duplicate.json().at("/is_duplicate").asBoolean())
                .as(duplicate.text())
                .isTrue();
        assertThat(duplicate.json().has("batch_id")).isFalse();
        assertThat(texts.client()
                        .post(texts.path("/batches/list"))
                        .json()
                        .at("/total_count")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void manyUploadsAreProcessedByOneBatch() {
        texts.collection("images", "", "test_image");
        Workspace uploads = imagesIn(texts);
        List<Map<String, String>> three = List.of(
                Map.of("upload_id", uploads.putJpeg()),
                Map.of("upload_id", uploads.putJpeg()),
                Map.of("upload_id", "upl_unknown"));

        Answer task = uploads.client()
                .post(
                        uploads.path("/uploads/confirm/batch"),
                        Map.of("confirmations", three, "auto_submit_batch", true));
        Answer settled = uploads.settled(task.at("/task_id"));

        String batch = settled.at("/additional_data/batch_id");
        Answer done = texts.over(batch);
        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
        assertThat(done.json().at("/object_count").asInt()).isEqualTo(2);
        assertThat(texts.documents("images")).isEqualTo(2);
    }

    private static Workspace imagesIn(Texts texts) {
        return Workspace.of(texts.client(), texts.scope().namespace().value(), texts.bucket());
    }

    private static String put(Workspace uploads, byte[] photo, Map<String, Object> more) {
        Map<String, Object> request = new java.util.HashMap<>(more);
        request.put("filename", "photo.jpg");
        request.put("content_type", "image/jpeg");
        Answer upload = uploads.ask(request);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(200);
        return upload.at("/upload_id");
    }

    private List<StoredObject> thumbnails() {
        String namespace = "/" + texts.scope().namespace() + "/thumbnail";
        return service.bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(stored -> stored.key().value().contains(namespace))
                .toList();
    }
}
