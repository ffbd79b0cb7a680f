package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.TestExtractors;
import dev.waybill.testing.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Batches process objects tier by tier: their status on the way, failures, retries and cancellation. */
@ResourceLock("test extractors") // one service reads for both, and counts its readings
@Order(10)
class BatchStoryTests {

    private static ServiceUnderTest service;

    private Texts texts;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared(TestExtractors.ON);
    }

    @BeforeEach
    void openABucket() {
        service.bean(TestExtractors.Gate.class).close();
        texts = Texts.create(service, "test_text", "test_chunks", "test_counter");
    }

    @Test
    void threeTiersRunOneAfterTheOther() {
        String whole = texts.collection("whole", "", "test_text");
        String chunks = texts.collection("chunks", "whole", "test_chunks");
        String lengths = texts.collection("lengths", chunks, "test_counter");
        List<String> objects = texts.objects("one two three", "four five");
        List<String> gated = texts.objects("wait atthe GATE");
        String batch = texts.draft(List.of(objects.get(0), objects.get(1), gated.getFirst()));

        Answer task = texts.submit(batch);
        assertThat(task.at("/task_type")).isEqualTo("api_buckets_batches_process");
        service.bean(TestExtractors.Gate.class).open();
        Answer done = texts.over(batch);

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
        JsonNode json = done.json();
        assertThat(json.at("/total_tiers").asInt()).isEqualTo(3);
        assertThat(json.at("/current_tier").asInt()).isEqualTo(2);
        assertThat(json.at("/dag_tiers").toString())
                .isEqualTo("[[\"%s\"],[\"%s\"],[\"%s\"]]".formatted(whole, chunks, lengths));
        assertThat(texts.documents(whole)).isEqualTo(3);
        assertThat(texts.documents(chunks)).isEqualTo(8);
        assertThat(texts.documents(lengths)).isEqualTo(8);
        assertTiersInOrder(json);
        assertThat(done.at("/tier_tasks/2/source_collection_ids/0")).isEqualTo(chunks);
        assertThat(json.at("/tier_tasks/2/documents_written").asInt()).isEqualTo(8);
        for (int tier = 0; tier < 3; tier++) {
            Answer own = texts.client().get("/v1/tasks/" + done.at("/tier_tasks/%d/task_id".formatted(tier)));
            assertThat(own.at("/status")).as(own.text()).isEqualTo("COMPLETED");
            assertThat(own.json().at("/additional_data/progress/processed").asInt())
                    .isEqualTo(3);
        }
        await().until(() -> texts.client()
                .get("/v1/tasks/" + task.at("/task_id"))
                .at("/status")
                .equals("COMPLETED"));
        assertTree(objects.getFirst(), whole, chunks, lengths);
    }

    private void assertTree(String object, String whole, String chunks, String lengths) {
        Answer tree = texts.client().get("/v1/objects/" + object + "/decomposition-tree?include_document_ids=true");
        assertThat(tree.at("/children/0/collection_id")).as(tree.text()).isEqualTo(whole);
        assertThat(tree.at("/children/0/children/0/collection_id")).isEqualTo(chunks);
        JsonNode last = tree.json().at("/children/0/children/0/children/0");
        assertThat(last.at("/collection_id").asString()).isEqualTo(lengths);
        assertThat(last.at("/document_ids").size()).isEqualTo(3);
        Answer some = texts.client().get("/v1/objects/" + object + "/documents?collection_ids=" + chunks);
        assertThat(some.json().at("/total_count").asInt()).isEqualTo(3);
        String one = some.at("/results/0/document_id");
        Answer document = texts.client().get("/v1/collections/chunks/documents/" + one);
        assertThat(document.at("/object_id")).as(document.text()).isEqualTo(object);
        assertThat(texts.client().get("/v1/collections/whole/documents/" + one).status())
                .isEqualTo(404);
    }

    private static void assertTiersInOrder(JsonNode batch) {
        for (int tier = 1; tier < batch.at("/tier_tasks").size(); tier++) {
            JsonNode before = batch.at("/tier_tasks/" + (tier - 1));
            JsonNode own = batch.at("/tier_tasks/" + tier);
            assertThat(Instant.parse(own.at("/started_at").asString()))
                    .isAfterOrEqualTo(Instant.parse(before.at("/completed_at").asString()));
            assertThat(own.at("/duration_ms").isNumber()).isTrue();
        }
    }

    @Test
    void currentTierShowsTheProgress() {
        texts.collection("whole", "", "test_text");
        texts.collection("chunks", "whole", "test_chunks");
        service.bean(TestExtractors.Gate.class).open();
        List<String> objects = texts.objects("first");
        texts.process(objects);
        service.bean(TestExtractors.Gate.class).close();
        String batch = texts.draft(texts.objects("GATE"));
        texts.submit(batch);

        await().until(() -> texts.batch(batch).at("/tier_tasks/0/status").equals("PROCESSING"));
        assertThat(texts.batch(batch).json().at("/current_tier").asInt()).isZero();
        assertThat(texts.batch(batch).at("/status")).isEqualTo("PROCESSING");
        service.bean(TestExtractors.Gate.class).open();

        Answer done = texts.over(batch);
        assertThat(done.json().at("/current_tier").asInt()).isEqualTo(1);
    }

    @Test
    void withoutCollectionsTheNamespacesExtractorsAreOneTier() {
        List<String> objects = texts.objects("two words");

        Answer done = texts.process(objects);

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
        assertThat(done.json().has("dag_tiers")).isFalse();
        assertThat(done.json().at("/tier_tasks").size()).isEqualTo(1);
        assertThat(done.json().at("/tier_tasks/0").has("collection_ids")).isFalse();
        assertThat(done.json().at("/tier_tasks/0/extractor_jobs").size()).isEqualTo(3);
        Answer documents = texts.documentsOf(objects.getFirst());
        assertThat(documents.json().at("/results").size()).isEqualTo(4);
        assertThat(documents.json().at("/results/0").has("collection_id")).isFalse();
    }

    @Test
    void aSecondBatchReplacesWhatTheFirstOneMade() {
        texts.collection("chunks", "", "test_chunks");
        List<String> objects = texts.objects("a b c", "d e");
        texts.process(objects);
        Answer before = texts.documentsOf(objects.getFirst());

        Answer again = texts.process(objects);

        assertThat(again.at("/status")).isEqualTo("COMPLETED");
        assertThat(texts.documents("chunks")).isEqualTo(5);
        assertThat(texts.documentsOf(objects.getFirst()).json().findValuesAsString("document_id"))
                .containsExactlyInAnyOrderElementsOf(before.json().findValuesAsString("document_id"));
    }

    @Test
    void whatFailsIsNamedAndCanBeRetried() {
        texts.collection("whole", "", "test_text");
        texts.collection("chunks", "whole", "test_chunks");
        List<String> objects = texts.objects("fine", "BROKEN", "FLAKY " + texts.bucket());

        Answer done = texts.process(objects);

        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(done.json().at("/error_summary/validation").asInt()).isEqualTo(1);
        assertThat(done.json().at("/error_summary/runtime").asInt()).isEqualTo(1);
        assertThat(done.at("/tier_tasks/0/status")).isEqualTo("COMPLETED_WITH_ERRORS");
        String path = texts.path("/batches/" + done.at("/batch_id"));
        Answer failed = texts.client().get(path + "/failed-documents");
        assertThat(failed.json().at("/total_count").asInt()).as(failed.text()).isEqualTo(2);
        assertThat(failed.text()).contains("The text is broken", objects.get(1), objects.get(2));
        assertThat(texts.client().get(path + "/logs").text()).contains("The text is broken", "Tier 1 is COMPLETED");
        assertThat(texts.documents("chunks")).isEqualTo(1);

        Answer retried = texts.client().post(path + "/retry");
        assertThat(retried.json().at("/retried_count").asInt())
                .as(retried.text())
                .isEqualTo(1);
        assertThat(retried.at("/task_id")).isNotEmpty();
        Answer better = texts.over(done.at("/batch_id"));

        assertThat(better.json().at("/error_summary").has("runtime"))
                .as(better.text())
                .isFalse();
        assertThat(better.json().at("/error_summary/validation").asInt()).isEqualTo(1);
        assertThat(texts.documents("whole")).isEqualTo(2);
        assertThat(texts.documents("chunks")).isEqualTo(3);
        Answer nothing = texts.client().post(path + "/retry", Map.of("retry_mode", "transient_only"));
        assertThat(nothing.json().at("/retried_count").asInt()).isZero();
        assertThat(nothing.json().has("task_id")).isFalse();
        assertThat(texts.batch(done.at("/batch_id")).at("/status")).isEqualTo("COMPLETED_WITH_ERRORS");
        Answer all = texts.client().post(path + "/retry", Map.of("retry_mode", "all", "tier_nums", List.of(0)));
        assertThat(all.json().at("/retried_count").asInt()).isEqualTo(1);
        texts.over(done.at("/batch_id"));
        Answer still = texts.client().get(path + "/failed-documents?tier_num=0");
        assertThat(still.json().at("/failed_documents/0/retry_count").asInt()).isEqualTo(1);
    }

    @Test
    void aBatchInWhichNothingWorksIsFailed() {
        texts.collection("whole", "", "test_text");
        texts.collection("chunks", "whole", "test_chunks");

        Answer done = texts.process(texts.objects("BROKEN", "BROKEN too"));

        assertThat(done.at("/status")).as(done.text()).isEqualTo("FAILED");
        assertThat(done.at("/tier_tasks/1/status")).isEqualTo("SKIPPED");
    }

    @Test
    void cancelStopsBetweenObjectsAndRetryGoesOn() {
        texts.collection("whole", "", "test_text");
        List<String> objects =
                texts.objects(IntStream.range(0, 40).mapToObj(i -> "GATE " + i).toArray(String[]::new));
        String batch = texts.draft(objects);
        String task = texts.submit(batch).at("/task_id");
        await().until(() -> texts.batch(batch).at("/tier_tasks/0/status").equals("PROCESSING"));
        Answer refused = texts.client().delete(texts.path("/batches/" + batch));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);

        Answer canceled = texts.client().post(texts.path("/batches/" + batch + "/cancel"));

        assertThat(canceled.status()).as(canceled.text()).isEqualTo(200);
        assertThat(canceled.at("/task_id")).isEqualTo(task);
        assertThat(texts.batch(batch).at("/status")).isEqualTo("CANCELED");
        assertThat(texts.batch(batch).at("/tier_tasks/0/status")).isEqualTo("CANCELED");
        assertThat(texts.client()
                        .post(texts.path("/batches/" + batch + "/cancel"))
                        .status())
                .isEqualTo(200);
        service.bean(TestExtractors.Gate.class).open();
        await().until(() ->
                texts.client().get("/v1/tasks/" + task).at("/status").equals("CANCELED"));
        await().during(Duration.ofSeconds(1)).until(() -> texts.documents("whole") < 40);

        Answer retried = texts.client().post(texts.path("/batches/" + batch + "/retry"));
        assertThat(retried.at("/task_id")).as(retried.text()).isNotEqualTo(task).isNotEmpty();
        assertThat(texts.over(batch).at("/status")).isEqualTo("COMPLETED");
        assertThat(texts.documents("whole")).isEqualTo(40);
    }

    @Test
    void cancelingTheTaskCancelsTheBatch() {
        texts.collection("whole", "", "test_text");
        String batch = texts.draft(texts.objects("GATE"));
        String task = texts.submit(batch).at("/task_id");
        await().until(() -> texts.batch(batch).at("/tier_tasks/0/status").equals("PROCESSING"));

        texts.client().delete("/v1/tasks/" + task);
        service.bean(TestExtractors.Gate.class).open();

        assertThat(texts.over(batch).at("/status")).isIn("CANCELED", "COMPLETED");
    }

    @Test
    void draftsAreChangedSubmittedOnceAndDeleted() {
        texts.collection("whole", "", "test_text");
        List<String> objects = texts.objects("a", "b");
        Answer unknown = texts.client()
                .post(texts.path("/batches"), Map.of("object_ids", List.of(objects.get(0), "obj_unknown", "x/y")));
        assertThat(unknown.status()).as(unknown.text()).isEqualTo(400);
        assertThat(unknown.text()).contains("obj_unknown", "x/y").doesNotContain(objects.get(0));
        assertThat(texts.client()
                        .post(texts.path("/batches"), Map.of("object_ids", List.of()))
                        .status())
                .isEqualTo(422);
        String batch = texts.draft(List.of(objects.get(0), objects.get(0)));
        String path = texts.path("/batches/" + batch);

        Answer more = texts.client().post(path + "/objects", Map.of("object_ids", objects));
        assertThat(more.json().at("/object_ids").size()).as(more.text()).isEqualTo(2);
        assertThat(texts.client()
                        .patch(path, Map.of("metadata", Map.of("a.b", 5)))
                        .text())
                .contains("\"a.b\":5");
        assertThat(texts.client().post(path + "/cancel").status()).isEqualTo(409);
        assertThat(texts.client().post(path + "/retry").status()).isEqualTo(409);
        Answer missing = texts.client()
                .post(path + "/objects?skip_validation=true", Map.of("object_ids", List.of("obj_missing")));
        assertThat(missing.json().at("/object_count").asInt()).isEqualTo(3);
        String task = texts.submit(batch).at("/task_id");
        assertThat(texts.submit(batch).at("/task_id")).isEqualTo(task);
        Answer done = texts.over(batch);
        assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(texts.submit(batch).at("/task_id")).isEqualTo(task);
        assertThat(texts.client()
                        .post(path + "/objects", Map.of("object_ids", objects))
                        .status())
                .isEqualTo(409);
        Answer list = texts.client().post(texts.path("/batches/list"));
        assertThat(list.json().at("/total_count").asInt()).as(list.text()).isEqualTo(1);
        assertThat(texts.client()
                        .post(texts.path("/batches/list"), Map.of("status", "DRAFT"))
                        .json()
                        .at("/results")
                        .size())
                .isZero();
        assertThat(texts.client().delete(path).at("/success")).isEqualTo("true");
        assertThat(texts.client().delete(path).status()).isEqualTo(404);
        assertThat(texts.client().get(path).status()).isEqualTo(404);
        assertThat(texts.documents("whole")).isEqualTo(2);
    }

    @Test
    void twoInstancesShareABatchOfManyObjects() {
        try (ServiceUnderTest other = service.another(TestExtractors.ON)) {
            texts.collection("whole", "", "test_text");
            int before = service.bean(TestExtractors.Counter.class).count();
            List<String> objects = texts.objects(
                    IntStream.range(0, 300).mapToObj(i -> "text " + i).toArray(String[]::new));

            Answer done = texts.process(objects);

            assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
            assertThat(texts.documents("whole")).isEqualTo(300);
            int here = service.bean(TestExtractors.Counter.class).count() - before;
            int there = other.bean(TestExtractors.Counter.class).count();
            assertThat(here + there).isEqualTo(300);
            assertThat(here).isPositive();
            assertThat(there).isPositive();
        }
    }
}
