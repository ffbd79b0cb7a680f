package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Concurrent operations on one upload in each possible order, forced by fault points. */
@Order(2)
class ConfirmScheduleTests extends ConfirmStory {

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "confirm.object-written", "confirm.told", "confirm.completed"})
    void twoConfirmsOfOneUploadHaveOneOutcome(String step) {
        String upload = shop.putJpeg();
        List<Answer> other = new ArrayList<>();
        AT.at(step, () -> other.add(shop.confirm(upload)));

        Answer answer = shop.confirm(upload);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(other.getFirst().at("/object_id")).isEqualTo(answer.at("/object_id"));
        assertThat(shop.objects()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "confirm.object-written", "confirm.told", "confirm.completed"})
    void aConfirmThatDiedIsRepeated(String step) {
        String upload = shop.putJpeg();
        AT.dieAt(step);
        assertThat(shop.confirm(upload).status()).isEqualTo(500);

        Answer again = shop.confirm(upload);

        assertThat(again.at("/status")).as(again.text()).isEqualTo("COMPLETED");
        assertThat(shop.object(again.at("/object_id")).status()).isEqualTo(200);
        assertThat(shop.objects()).isOne();
    }

    @Test
    void aRepeatedConfirmResurrectsNothing() {
        String upload = shop.putJpeg();
        String object = upload.replace("upl_", "obj_");
        AT.dieAt("confirm.object-written");
        shop.confirm(upload);
        assertThat(shop.client().delete(shop.path("/objects/" + object)).status())
                .isEqualTo(204);

        Answer again = shop.confirm(upload);

        assertThat(again.at("/status")).as(again.text()).isEqualTo("COMPLETED");
        assertThat(again.at("/object_id")).isEqualTo(object);
        assertThat(again.at("/message")).contains("deleted since");
        assertThat(shop.object(object).status()).isEqualTo(404);
        assertThat(shop.objects()).isZero();
    }

    @Test
    void aConfirmThatStalledWhileOthersFinishedAndDeletedResurrectsNothing() {
        String upload = shop.putJpeg();
        AT.at("confirm.verified", () -> {
            String object = shop.confirm(upload).at("/object_id");
            assertThat(shop.client().delete(shop.path("/objects/" + object)).status())
                    .isEqualTo(204);
        });

        Answer late = shop.confirm(upload);

        assertThat(late.at("/status")).as(late.text()).isEqualTo("COMPLETED");
        assertThat(shop.objects()).isZero();
    }

    @Test
    void aCancelThatComesFirstWins() {
        String upload = shop.putJpeg();
        AT.at("confirm.verified", () -> assertThat(cancel(upload).status()).isEqualTo(204));

        Answer late = shop.confirm(upload);

        assertThat(late.status()).as(late.text()).isEqualTo(409);
        assertThat(shop.upload(upload).at("/status")).isEqualTo("CANCELED");
        assertThat(shop.objects()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.object-written", "confirm.told"})
    void aCancelThatComesSecondLoses(String step) {
        String upload = shop.putJpeg();
        List<Answer> canceled = new ArrayList<>();
        AT.at(step, () -> canceled.add(cancel(upload)));

        Answer answer = shop.confirm(upload);

        assertThat(answer.at("/status")).as(answer.text()).isEqualTo("COMPLETED");
        assertThat(canceled.getFirst().status()).isEqualTo(400);
        assertThat(shop.objects()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"confirm.verified, FAILED, 409", "confirm.object-written, COMPLETED, 200"})
    void anUploadExpiresOrCompletesAndNotBoth(String step, String end, int status) {
        String upload = shop.putJpeg();
        AT.at(step, () -> service.runJob("UploadExpiry.run"));

        Answer answer = shop.confirm(upload);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(shop.upload(upload).at("/status")).isEqualTo(end);
        assertThat(shop.objects()).isEqualTo(status == 200 ? 1 : 0);
    }

    /** The client put other bytes after the first confirm had read the staged ones. */
    @Test
    void anUploadThatFailedMeanwhileStaysFailed() {
        Workspace papers = Workspace.create(service.client(), Map.of("paper", Map.of("type", "pdf")));
        Answer asked = papers.ask(Map.of("filename", "paper.pdf", "content_type", "application/pdf"));
        Workspace.put(asked.json(), SampleFiles.pdf());
        String upload = asked.at("/upload_id");
        AT.at("confirm.verified", () -> {
            Workspace.put(asked.json(), SampleFiles.png());
            assertThat(papers.confirm(upload).status()).isEqualTo(400);
        });

        assertThat(papers.confirm(upload).status()).isEqualTo(409);
        assertThat(papers.upload(upload).at("/status")).isEqualTo("FAILED");
        assertThat(papers.objects()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.object-written", "confirm.completed"})
    void bytesThatWereReplacedMeanwhileStayReplaced(String step) {
        String upload = shop.putJpeg();
        String object = upload.replace("upl_", "obj_");
        AT.at(step, () -> {
            Answer replaced =
                    shop.client().put(shop.path("/objects/" + object), Map.of("blobs", List.of(text("other"))));
            assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
            shop.client().patch(shop.path("/objects/" + object), Map.of("key_prefix", "/moved"));
        });

        Answer answer = shop.confirm(upload);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(shop.confirm(upload).at("/object_id")).isEqualTo(object);
        Answer now = shop.object(object);
        assertThat(now.at("/blobs/0/data")).isEqualTo("other");
        assertThat(now.at("/key_prefix")).isEqualTo("/moved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert", "upsert"})
    void ofThreeUploadsOfOneKeyEachOrderLeavesOneObject(String policy) {
        Workspace keyed = UploadedKeyStoryTests.keyed(service.client(), policy);
        String first = put(keyed, SampleFiles.jpeg());
        String second = put(keyed, SampleFiles.jpeg());
        String third = put(keyed, SampleFiles.jpeg());
        AT.at("confirm.verified", () -> {
            AT.at("confirm.verified", () -> keyed.confirm(third));
            keyed.confirm(second);
        });

        Answer answer = keyed.confirm(first);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String object = third.replace("upl_", "obj_");
        assertThat(answer.at("/object_id")).isEqualTo(object);
        assertThat(answer.json().at("/skipped_unique_key").asBoolean()).isEqualTo(policy.equals("insert"));
        assertThat(keyed.objects()).isOne();
    }

    /** The file of the confirm that died was applied, and then another one's. */
    @ParameterizedTest
    @ValueSource(strings = {"upsert", "update"})
    void aRepeatAfterACrashNeverBringsOldBytesBack(String policy) {
        Workspace keyed = UploadedKeyStoryTests.keyed(service.client(), policy);
        String object = keyed.client()
                .post(keyed.path("/objects?policy=upsert"), Map.of("metadata", Map.of("sku", "A-1")))
                .at("/object_id");
        byte[] newer = SampleFiles.jpeg();
        String dying = put(keyed, SampleFiles.jpeg());
        String other = put(keyed, newer);
        AT.dieAt("confirm.object-written");
        assertThat(keyed.confirm(dying).status()).isEqualTo(500);
        assertThat(cancel(keyed, dying).status()).isEqualTo(400);
        assertThat(keyed.confirm(other).at("/object_id")).isEqualTo(object);

        Answer again = keyed.confirm(dying);

        assertThat(again.at("/object_id")).as(again.text()).isEqualTo(object);
        Answer now = keyed.client().get(keyed.path("/objects/" + object + "?return_presigned_urls=true"));
        assertThat(Workspace.get(now.at("/blobs/0/presigned_url")).body()).isEqualTo(newer);
    }

    @Test
    void aMarkerThatWasNotAppliedYetIsAppliedByTheRepeat() {
        Workspace keyed = UploadedKeyStoryTests.keyed(service.client(), "upsert");
        String object = keyed.client()
                .post(keyed.path("/objects"), Map.of("metadata", Map.of("sku", "A-1")))
                .at("/object_id");
        byte[] bytes = SampleFiles.jpeg();
        String upload = put(keyed, bytes);
        // The first insert is refused, the second one is the marker's.
        AT.at("object.row-inserted", () -> AT.dieAt("object.row-inserted"));
        assertThat(keyed.confirm(upload).status()).isEqualTo(500);
        assertThat(keyed.object(object).json().at("/blobs")).isEmpty();

        assertThat(keyed.confirm(upload).at("/object_id")).isEqualTo(object);

        Answer now = keyed.client().get(keyed.path("/objects/" + object + "?return_presigned_urls=true"));
        assertThat(Workspace.get(now.at("/blobs/0/presigned_url")).body()).isEqualTo(bytes);
    }

    @Test
    void aDuplicateOfWhatWasDeletedSinceSaysSo() {
        byte[] bytes = SampleFiles.jpeg();
        String first = shop.confirm(put(shop, bytes)).at("/object_id");
        String second = put(shop, bytes);
        AT.dieAt("confirm.object-written");
        shop.confirm(second);
        shop.client().delete(shop.path("/objects/" + first));

        Answer again = shop.confirm(second);

        assertThat(again.json().at("/is_duplicate").asBoolean())
                .as(again.text())
                .isTrue();
        assertThat(again.at("/object_id")).isEqualTo(first);
        assertThat(again.at("/message")).contains("deleted since");
        assertThat(shop.objects()).isZero();
        Answer third = shop.confirm(put(shop, bytes));
        assertThat(third.json().at("/is_duplicate").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "confirm.object-written"})
    void aBucketThatGoesMeanwhileLeavesAnAnswer(String step) {
        Workspace gone = Workspace.create(service.client());
        String upload = gone.putJpeg();
        AT.at(
                step,
                () -> assertThat(gone.client().delete(gone.path("")).status()).isEqualTo(200));

        assertThat(gone.confirm(upload).status()).isIn(200, 404);
    }

    /** What comes after everything was removed is removed by a later pass. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "confirm.verified",
                "object.row-inserted",
                "confirm.object-written",
                "confirm.told",
                "confirm.completed"
            })
    void aNamespaceThatGoesMeanwhileLeavesAnAnswerAndNothingElse(String step) {
        Workspace gone = Workspace.create(service.client());
        String upload = gone.putJpeg();
        String path = "/v1/namespaces/" + gone.namespace();
        List<Answer> deleting = new ArrayList<>();
        AT.at(step, () -> {
            deleting.add(service.client().delete(path));
            assertThat(deleting.getFirst().status())
                    .as(deleting.getFirst().text())
                    .isEqualTo(200);
            DeletionStoryTests.assertNothingNames(service, upload.replace("upl_", ""));
        });

        assertThat(gone.confirm(upload).status()).isIn(200, 404);

        assertThat(service.client().get(path).status()).isEqualTo(404);
        assertThat(gone.confirm(upload).status()).isEqualTo(404);
        Answer over = shop.through(service.client()).settled(deleting.getFirst().at("/task_id"));
        assertThat(over.at("/status")).as(over.text()).isEqualTo("COMPLETED");
        await().untilAsserted(() ->
                assertThat(DeletionStoryTests.stored(service, gone)).isEmpty());
        DeletionStoryTests.assertNothingNames(service, gone.namespace());
    }

    /** An object remembers its last 100 changes, and after that it is unknown whether the file was applied. */
    @ParameterizedTest
    @CsvSource({"100, COMPLETED", "101, FAILED"})
    void aMarkerThatWasOvertakenBringsNothingBack(int changes, String end) {
        Workspace keyed = UploadedKeyStoryTests.keyed(service.client(), "upsert");
        String object = keyed.client()
                .post(keyed.path("/objects"), Map.of("metadata", Map.of("sku", "A-1")))
                .at("/object_id");
        byte[] bytes = SampleFiles.jpeg();
        String upload = put(keyed, bytes);
        AT.dieAt("object.marked");
        assertThat(keyed.confirm(upload).status()).isEqualTo(500);
        for (int i = 0; i < changes; i++) {
            assertThat(keyed.client()
                            .patch(keyed.path("/objects/" + object), Map.of("key_prefix", "/" + i))
                            .status())
                    .isEqualTo(200);
        }

        Answer again = keyed.confirm(upload);

        Answer now = keyed.upload(upload);
        assertThat(now.at("/status")).as(again.text()).isEqualTo(end);
        Answer changed = keyed.client().get(keyed.path("/objects/" + object + "?return_presigned_urls=true"));
        if (end.equals("FAILED")) {
            assertThat(again.status()).isEqualTo(409);
            assertThat(now.at("/error")).contains(object, "whether the file was applied can't be told");
            assertThat(changed.json().at("/blobs")).isEmpty();
            assertThat(changed.header("ETag")).isEqualTo("\"%d\"".formatted(changes + 1));
            assertThat(keyed.confirm(upload).status()).isEqualTo(409);
        } else {
            assertThat(again.at("/object_id")).isEqualTo(object);
            assertThat(Workspace.get(changed.at("/blobs/0/presigned_url")).body())
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm.verified", "confirm.object-written", "confirm.told", "confirm.completed"})
    void aBatchOfConfirmsHasTheSameOutcome(String step) {
        byte[] same = SampleFiles.jpeg();
        List<String> uploads = List.of(put(shop, same), shop.putJpeg(), put(shop, same));
        AT.at(step, () -> {
            assertThat(shop.confirm(uploads.get(1)).status()).isEqualTo(200);
            assertThat(cancel(uploads.get(2)).status()).isIn(204, 400);
        });

        Answer task = shop.settled(shop.confirmAll(uploads).at("/task_id"));

        assertThat(task.json().at("/outputs")).as(task.text()).hasSize(3);
        assertThat(task.at("/outputs/0/status")).isEqualTo("COMPLETED");
        assertThat(task.at("/outputs/1/status")).isEqualTo("COMPLETED");
        assertThat(task.at("/outputs/2/status")).isIn("COMPLETED", "CANCELED");
        assertThat(shop.objects()).isEqualTo(2);
    }

    private static Map<String, Object> text(String words) {
        return Map.of("property", "product_text", "type", "text", "data", words);
    }
}
