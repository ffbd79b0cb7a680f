package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UploadStoryTests {

    private final WaybillClient client = ServiceUnderTest.shared().client();
    private Workspace workspace;

    @BeforeEach
    void openAWorkspace() {
        workspace = Workspace.create(client);
    }

    @Test
    void aFileComesInAndGoesOutAgain() {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = workspace.askForJpeg();
        assertThat(upload.at("/status")).isEqualTo("PENDING");
        assertThat(upload.at("/blob_property")).isEqualTo("hero_image");
        assertThat(upload.at("/blob_type")).isEqualTo("IMAGE");
        assertThat(upload.at("/presigned_url").length()).isLessThanOrEqualTo(2083);

        var put = Workspace.put(upload.json(), photo);
        String etag = put.headers().firstValue("ETag").orElseThrow();
        Answer confirmed =
                workspace.confirm(upload.at("/upload_id"), Map.of("etag", etag, "file_size_bytes", photo.length));

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
        assertThat(confirmed.json().at("/verification/size/match").asBoolean()).isTrue();
        assertThat(confirmed.json().at("/verification/etag/match").asBoolean()).isTrue();
        Answer object = workspace
                .client()
                .get(workspace.path("/objects/" + confirmed.at("/object_id") + "?return_presigned_urls=true"));
        assertThat(object.status()).as(object.text()).isEqualTo(200);
        assertThat(object.at("/blobs/0/property")).isEqualTo("hero_image");
        assertThat(Workspace.get(object.at("/blobs/0/presigned_url")).body()).isEqualTo(photo);
    }

    /** Browsers send a CORS preflight before each PUT, with the full URL. */
    @Test
    void storageAllowsTheCorsPreflightOfAPut() throws Exception {
        Answer upload = workspace.askForJpeg();
        HttpRequest ask = HttpRequest.newBuilder(URI.create(upload.at("/presigned_url")))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type")
                .build();
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> leave = browser.send(ask, HttpResponse.BodyHandlers.ofString());

            assertThat(leave.statusCode()).as(leave.body()).isEqualTo(200);
            assertThat(leave.headers().firstValue("Access-Control-Allow-Origin"))
                    .isPresent();
        }
    }

    @Test
    void theNamespaceMayStandInTheQueryInstead() {
        String there = "?namespace=" + workspace.namespace();
        Answer upload = client.post(
                workspace.path("/uploads") + there, Map.of("filename", "photo.jpg", "content_type", "image/jpeg"));
        Workspace.put(upload.json(), SampleFiles.jpeg());

        Answer confirmed = client.post(workspace.path("/uploads/" + upload.at("/upload_id") + "/confirm") + there);

        assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
        assertThat(client.get(workspace.path("/objects/" + confirmed.at("/object_id")) + there)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void confirmingAgainAnswersTheSameObject() {
        String id = workspace.putJpeg();
        String first = workspace.confirm(id).at("/object_id");

        Answer again = workspace.confirm(id, Map.of());

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("/object_id")).isEqualTo(first);
        assertThat(workspace.objects()).isOne();
    }

    @Test
    void aHundredComeInByOneCallAndOneConfirm() {
        List<Map<String, Object>> files = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            files.add(Map.of("filename", "photo-%d.jpg".formatted(i), "content_type", "image/jpeg"));
        }
        Answer batch = workspace.client().post(workspace.path("/uploads/batch"), Map.of("uploads", files));
        assertThat(batch.json().at("/total").asInt()).isEqualTo(100);
        List<String> ids = new ArrayList<>();
        for (JsonNode upload : batch.json().at("/uploads")) {
            Workspace.put(upload, SampleFiles.jpeg());
            ids.add(upload.at("/upload_id").asString());
        }

        Answer task = confirmAll(ids.stream().map(id -> Map.of("upload_id", id)).toList());

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        assertThat(outputs(task, "upload_id")).isEqualTo(ids);
        assertThat(new HashSet<>(outputs(task, "object_id"))).hasSize(100);
        assertThat(workspace.objects()).isEqualTo(100);
    }

    @Test
    void whatFailsInABatchIsNamedAndTheRestIsDone() {
        List<Map<String, Object>> confirmations = new ArrayList<>();
        for (int i = 0; i < 94; i++) {
            confirmations.add(Map.of("upload_id", workspace.putJpeg()));
        }
        for (int i = 0; i < 3; i++) {
            confirmations.add(Map.of("upload_id", workspace.askForJpeg().at("/upload_id")));
        }
        for (int i = 0; i < 2; i++) {
            confirmations.add(Map.of("upload_id", workspace.putJpeg(), "etag", "00000000000000000000000000000000"));
        }
        confirmations.add(Map.of("upload_id", "upl_nosuchupload0000"));

        Answer task = confirmAll(confirmations);

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        List<String> codes = outputs(task, "error_code");
        assertThat(codes.subList(0, 94)).containsOnly("");
        assertThat(codes.subList(94, 97)).containsOnly("not_in_storage");
        assertThat(codes.subList(97, 99)).containsOnly("etag_mismatch");
        assertThat(codes.subList(99, 100)).containsExactly("not_found");
        assertThat(workspace.objects()).isEqualTo(94);
        assertThat(task.json().at("/additional_data/progress/total").asInt()).isEqualTo(100);
    }

    @Test
    void anIdThatIsRepeatedWithinABatchCountsOnce() {
        Map<String, Object> once = Map.of("upload_id", workspace.putJpeg());

        Answer task = confirmAll(List.of(once, once));

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED_WITH_ERRORS");
        assertThat(outputs(task, "error_code")).containsExactly("", "conflict");
        assertThat(workspace.objects()).isOne();
    }

    @Race
    void twoHundredConfirmsAtOnceMakeOneObject() throws Exception {
        String id = workspace.putJpeg();
        Set<String> objects = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> confirms = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                confirms.add(() -> workspace.confirm(id));
            }
            for (Future<Answer> answer : threads.invokeAll(confirms)) {
                assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
                objects.add(answer.get().at("/object_id"));
            }
        }
        assertThat(objects).hasSize(1);
        assertThat(workspace.objects()).isOne();
    }

    @Test
    void theSameBytesWithinABatchMakeOneObject() {
        byte[] photo = SampleFiles.jpeg();
        List<Map<String, Object>> confirmations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Answer upload = workspace.askForJpeg();
            Workspace.put(upload.json(), photo);
            confirmations.add(Map.of("upload_id", upload.at("/upload_id")));
        }

        Answer task = confirmAll(confirmations);

        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        assertThat(new HashSet<>(outputs(task, "object_id"))).hasSize(1);
        assertThat(workspace.objects()).isOne();
    }

    @Test
    void aWrongETagOrSizeIsRefusedAndMayBeCorrected() {
        Answer upload = workspace.askForJpeg();
        String id = upload.at("/upload_id");
        assertThat(workspace.confirm(id).status()).isEqualTo(404);
        assertThat(workspace.confirm(id).at("/error/message")).contains("not found in storage");
        byte[] photo = SampleFiles.jpeg();
        String etag =
                Workspace.put(upload.json(), photo).headers().firstValue("ETag").orElseThrow();

        Answer wrongTag = workspace.confirm(id, Map.of("etag", "\"0123456789abcdef0123456789abcdef\""));
        assertThat(wrongTag.status()).isEqualTo(400);
        assertThat(wrongTag.at("/error/type")).isEqualTo("BadRequestError");
        assertThat(wrongTag.at("/error/details/actual")).isEqualTo(etag.replace("\"", ""));
        Answer wrongSize = workspace.confirm(id, Map.of("file_size_bytes", photo.length + 1));
        assertThat(wrongSize.status()).isEqualTo(400);
        assertThat(wrongSize.json().at("/error/details/actual").asInt()).isEqualTo(photo.length);

        assertThat(workspace.upload(id).at("/status")).isEqualTo("PENDING");
        Answer right =
                workspace.confirm(id, Map.of("etag", etag.replace("\"", "").toUpperCase()));
        assertThat(right.at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void bytesOfAnotherSizeThanAnnouncedAreRefused() {
        byte[] photo = SampleFiles.jpeg();
        Answer upload = workspace.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "file_size_bytes", photo.length + 1));
        // The URL is signed for the size that was announced: other credentials for storage bypass that.
        ServiceUnderTest.shared()
                .bean(ObjectStorage.class)
                .put(new ObjectKey(upload.at("/s3_key")), new ByteArrayInputStream(photo), photo.length, "image/jpeg");

        Answer confirmed = workspace.confirm(upload.at("/upload_id"));

        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(400);
        assertThat(confirmed.json().at("/error/details/actual").asInt()).isEqualTo(photo.length);
        assertThat(workspace.upload(upload.at("/upload_id")).at("/status")).isEqualTo("PENDING");
    }

    @Test
    void bytesOfAnotherTypeFailTheUpload() {
        Workspace papers = Workspace.create(client, Map.of("paper", Map.of("type", "pdf")));
        Answer upload = papers.ask(Map.of("filename", "paper.pdf", "content_type", "application/pdf"));
        Workspace.put(upload.json(), SampleFiles.png());

        Answer confirmed = papers.confirm(upload.at("/upload_id"));

        assertThat(confirmed.status()).isEqualTo(400);
        assertThat(confirmed.at("/error/message")).isEqualTo("Invalid file format: Expected PDF, got PNG");
        Answer failed = papers.upload(upload.at("/upload_id"));
        assertThat(failed.at("/status")).isEqualTo("FAILED");
        assertThat(failed.at("/error")).contains("Expected PDF");
        assertThat(papers.confirm(upload.at("/upload_id")).status()).isEqualTo(409);
    }

    @Test
    void anAsynchronousConfirmAnswersWithItsTask() {
        String id = workspace.putJpeg();

        Answer accepted = workspace.client().post(workspace.path("/uploads/" + id + "/confirm?async=true"));

        assertThat(accepted.at("/status")).isEqualTo("PROCESSING");
        Answer task = workspace.settled(accepted.at("/task_id"));
        assertThat(task.at("/status")).as(task.text()).isEqualTo("COMPLETED");
        assertThat(task.at("/task_type")).isEqualTo("api_buckets_uploads_confirm");
        assertThat(workspace.upload(id).at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void anAsynchronousConfirmThatFindsNothingLeavesTheUploadOpen() {
        Answer upload = workspace.askForJpeg();
        String id = upload.at("/upload_id");
        Answer accepted = workspace.client().post(workspace.path("/uploads/" + id + "/confirm?async=true"));

        Answer task = workspace.settled(accepted.at("/task_id"));

        assertThat(task.at("/status")).isEqualTo("FAILED");
        assertThat(task.at("/error")).contains("not found in storage");
        assertThat(workspace.upload(id).at("/status")).isEqualTo("PENDING");
        Workspace.put(upload.json(), SampleFiles.jpeg());
        assertThat(workspace.confirm(id).at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void anAsynchronousConfirmComparesTheExpectedValues() {
        String id = workspace.putJpeg();
        String path = workspace.path("/uploads/" + id + "/confirm?async=true");

        Answer wrongTag = workspace.client().post(path, Map.of("etag", "0123456789abcdef0123456789abcdef"));
        Answer task = workspace.settled(wrongTag.at("/task_id"));
        assertThat(task.at("/status")).as(task.text()).isEqualTo("FAILED");
        assertThat(task.at("/additional_data/error_code")).isEqualTo("etag_mismatch");
        Answer wrongSize = workspace.client().post(path, Map.of("file_size_bytes", 1));
        assertThat(workspace.settled(wrongSize.at("/task_id")).at("/additional_data/error_code"))
                .isEqualTo("size_mismatch");

        assertThat(workspace.upload(id).at("/status")).isEqualTo("PENDING");
        assertThat(workspace.confirm(id).at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void aCanceledUploadIsGoneAndACompletedOneStays() {
        String open = workspace.putJpeg();
        String done = workspace.putJpeg();
        workspace.confirm(done);

        assertThat(workspace.client().delete(workspace.path("/uploads/" + open)).status())
                .isEqualTo(204);
        assertThat(workspace.client().delete(workspace.path("/uploads/" + open)).status())
                .isEqualTo(204);
        assertThat(workspace.upload(open).at("/status")).isEqualTo("CANCELED");
        assertThat(workspace.confirm(open).status()).isEqualTo(409);
        Answer refused = workspace.client().delete(workspace.path("/uploads/" + done));
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void listsFilterSearchAndCount() {
        workspace.confirm(workspace.putJpeg());
        workspace.askForJpeg();
        workspace.ask(Map.of(
                "filename", "Sunset.jpg", "content_type", "image/jpeg", "metadata", Map.of("campaign", "spring")));

        Answer pending = list(Map.of("filters", Map.of("status", "PENDING")));
        assertThat(pending.json().at("/results").size()).isEqualTo(2);
        assertThat(pending.json().at("/stats/total_uploads").asInt()).isEqualTo(2);
        Answer spring = list(Map.of("filters", Map.of("metadata.campaign", "spring")));
        assertThat(spring.at("/results/0/filename")).isEqualTo("Sunset.jpg");
        Answer sunset = list(Map.of("search", "sUNs"));
        assertThat(sunset.json().at("/results").size()).isOne();
        Answer first = list(Map.of("limit", 2));
        assertThat(first.json().at("/results").size()).isEqualTo(2);
        Answer rest = workspace
                .client()
                .post(workspace.path("/uploads/list?limit=2&cursor=" + first.at("/pagination/next_cursor")));
        assertThat(rest.json().at("/results").size()).isOne();
        assertThat(rest.json().at("/pagination").has("next_cursor")).isFalse();
    }

    @Test
    void whatCannotBeAcceptedIsRefusedBeforeAUrlIsSigned() {
        assertRefused(Map.of("content_type", "image/jpeg"), 422, "filename");
        assertRefused(Map.of("filename", "../x.jpg", "content_type", "image/jpeg"), 422, "filename");
        assertRefused(Map.of("filename", "annex\u202Egpj.exe", "content_type", "image/jpeg"), 422, "U+202E");
        assertRefused(Map.of("filename", 5, "content_type", "image/jpeg"), 422, "filename");
        assertRefused(
                Map.of("filename", "a.jpg", "content_type", "image/jpeg", "presigned_url_expiration", 10),
                422,
                "presigned_url_expiration");
        assertRefused(
                Map.of("filename", "a.jpg", "content_type", "image/jpeg", "object_metadata", Map.of("price", "free")),
                422,
                "price");
        assertRefused(Map.of("filename", "a.mp4", "content_type", "video/mp4"), 400, "hero_image");
        assertRefused(
                Map.of("filename", "a.jpg", "content_type", "image/jpeg", "file_size_bytes", 60L << 30), 403, "plan");
    }

    private void assertRefused(Map<String, ?> request, int status, String named) {
        Answer answer = workspace.ask(request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains(named);
    }

    private Answer list(Map<String, ?> request) {
        Answer list = workspace.client().post(workspace.path("/uploads/list"), request);
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list;
    }

    private Answer confirmAll(List<? extends Map<String, ?>> confirmations) {
        Answer accepted = workspace
                .client()
                .post(workspace.path("/uploads/confirm/batch"), Map.of("confirmations", confirmations));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(accepted.json().at("/confirmations_count").asInt()).isEqualTo(confirmations.size());
        return workspace.settled(accepted.at("/task_id"));
    }

    private static List<String> outputs(Answer task, String field) {
        List<String> values = new ArrayList<>();
        task.json()
                .at("/outputs")
                .forEach(output -> values.add(output.path(field).asString("")));
        return values;
    }
}
