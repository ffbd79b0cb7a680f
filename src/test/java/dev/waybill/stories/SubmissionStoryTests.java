package dev.waybill.stories;

import static dev.waybill.stories.AgentErrors.assertError;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent submits its work: the answers to success and to each failure. */
class SubmissionStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();

    private final Studio studio = Studio.open(SERVICE.client(), SERVICE.anonymous());

    @Test
    void aFileIsSubmitted() {
        byte[] png = SampleFiles.png();
        String id = studio.begin();
        Answer announced = studio.announcePng(id, png);
        assertThat(announced.text()).startsWith("{\"success\":true,\"data\":{").endsWith("},\"error\":null}");
        assertThat(announced.at("/data/submissionId")).isEqualTo(id);
        assertThat(announced.at("/data/projectId")).isEqualTo(studio.project());
        assertThat(announced.at("/data/requiredHeaders/Content-Type")).isEqualTo("image/png");
        assertThat(Instant.parse(announced.at("/data/expiresAt"))).isAfter(Instant.now());
        assertThat(Studio.put(announced, png).statusCode()).isEqualTo(200);
        assertThat(studio.status(id)).isEqualTo("pending");

        Answer confirmed = studio.confirm(id);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.json().propertyNames()).containsExactlyInAnyOrder("success", "data", "error");
        assertThat(confirmed.json().path("success").asBoolean()).isTrue();
        assertThat(confirmed.json().path("error").isNull()).isTrue();
        assertThat(confirmed.json().path("data").propertyNames())
                .containsExactlyInAnyOrder("message", "submissionId", "status", "generationTimeSeconds", "confirmedAt");
        assertThat(confirmed.at("/data/message")).isEqualTo("Submission confirmed successfully");
        assertThat(confirmed.at("/data/submissionId")).isEqualTo(id);
        assertThat(confirmed.at("/data/status")).isEqualTo("submitted");
        assertThat(confirmed.json().at("/data/generationTimeSeconds").isIntegralNumber())
                .isTrue();
        assertThat(confirmed.json().at("/data/generationTimeSeconds").asLong()).isBetween(0L, 120L);
        assertThat(Instant.parse(confirmed.at("/data/confirmedAt"))).isBeforeOrEqualTo(Instant.now());

        Answer seen = studio.asSeenByTheOrganization(id);
        assertThat(seen.at("/status")).isEqualTo("submitted");
        assertThat(seen.at("/agent_id")).isEqualTo(studio.agentId());
        assertThat(seen.at("/media/detected_type")).isEqualTo("image/png");
        assertThat(Workspace.get(seen.at("/download_url")).body()).isEqualTo(png);

        byte[] others = png.clone();
        others[others.length - 1] ^= 1;
        Studio.put(announced, others);
        assertThat(Workspace.get(studio.asSeenByTheOrganization(id).at("/download_url"))
                        .body())
                .as("bytes that nobody verified are not given out")
                .isEqualTo(png);
    }

    @Test
    void aTextIsSubmittedAtOnce() {
        Answer submitted = studio.agent().post(studio.path(""), Map.of("text", "Where the map ends."));
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(200);
        assertThat(submitted.at("/data/status")).isEqualTo("submitted");
        assertThat(submitted.at("/data/text")).isEqualTo("Where the map ends.");
        assertThat(submitted.json().at("/data/generationTimeSeconds").asInt(-1)).isZero();
        String id = submitted.at("/data/submissionId");
        assertError(studio.confirm(id), 404, "MEDIA_FILE_NOT_FOUND");
        assertError(studio.announce(id, "a.png", "image/png", 1), 404, "MEDIA_FILE_NOT_FOUND");
        assertThat(studio.asSeenByTheOrganization(id).at("/text")).isEqualTo("Where the map ends.");
        for (String text : List.of("", " ", "a\\u0000b", "\\ud83d", "x".repeat(100_001))) {
            assertError(
                    studio.agent().post(studio.path(""), "{\"text\": \"%s\"}".formatted(text)),
                    400,
                    "VALIDATION_ERROR");
        }
    }

    @Test
    void theSecondConfirmFindsNothingToDo() {
        String id = studio.putPng();
        assertThat(studio.confirm(id).status()).isEqualTo(200);
        Answer again = studio.confirm(id);
        assertError(again, 404, "MEDIA_FILE_NOT_FOUND");
        assertThat(again.at("/error/message")).isEqualTo("Media file not found or already processed");
        assertThat(again.text()).startsWith("{\"success\":false,\"error\":{").doesNotContain("data");
        assertError(studio.announce(id, "b.png", "image/png", 5), 404, "MEDIA_FILE_NOT_FOUND");
        assertThat(studio.status(id)).isEqualTo("submitted");
    }

    @Race
    void ofFiftyConfirmsAtOnceOneSucceeds() throws Exception {
        String id = studio.putPng();
        List<Callable<Answer>> confirms = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            confirms.add(() -> studio.confirm(id));
        }
        int successes = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> confirm : threads.invokeAll(confirms)) {
                Answer answer = confirm.get();
                if (answer.status() == 200) {
                    successes++;
                } else {
                    assertError(answer, 404, "MEDIA_FILE_NOT_FOUND");
                }
            }
        }
        assertThat(successes).isOne();
        assertThat(studio.status(id)).isEqualTo("submitted");
    }

    @Test
    void withoutAFileThereIsNothingToConfirm() {
        String id = studio.begin();
        assertError(studio.confirm(id), 404, "MEDIA_FILE_NOT_FOUND");
        byte[] png = SampleFiles.png();
        Answer announced = studio.announcePng(id, png);
        Answer early = studio.confirm(id);
        assertError(early, 404, "FILE_NOT_FOUND");
        assertThat(early.at("/error/message"))
                .isEqualTo("File not found in storage. Please ensure the upload was successful.");
        assertThat(studio.status(id)).isEqualTo("pending");
        assertThat(Studio.put(announced, png).statusCode()).isEqualTo(200);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
    }

    @Test
    void bytesOfAnotherSizeAreRefusedByStorageAndByConfirm() {
        String id = studio.begin();
        byte[] png = SampleFiles.png();
        Answer announced = studio.announce(id, "a.png", "image/png", png.length - 1);
        assertThat(Studio.put(announced, png).statusCode()).isEqualTo(403);
        String url = announced.at("/data/uploadUrl");
        String path = URI.create(url).getPath();
        ObjectKey key = new ObjectKey(path.substring(path.indexOf("staging/")));
        SERVICE.bean(ObjectStorage.class).put(key, new ByteArrayInputStream(png), png.length, "image/png");

        Answer refused = studio.confirm(id);
        assertError(refused, 400, "VALIDATION_ERROR");
        assertThat(refused.at("/error/message"))
                .contains(String.valueOf(png.length))
                .contains(String.valueOf(png.length - 1));
        assertThat(studio.status(id)).isEqualTo("pending");
        assertThat(Studio.put(studio.announcePng(id, png), png).statusCode()).isEqualTo(200);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
    }

    @Test
    void bytesOfAnotherTypeAreRefused() {
        String id = studio.begin();
        byte[] jpeg = SampleFiles.jpeg();
        assertThat(Studio.put(studio.announcePng(id, jpeg), jpeg).statusCode()).isEqualTo(200);
        Answer refused = studio.confirm(id);
        assertError(refused, 400, "VALIDATION_ERROR");
        assertThat(refused.at("/error/message")).contains("image/png").contains("image/jpeg");
        assertThat(studio.status(id)).isEqualTo("pending");

        Answer right = studio.announce(id, "lighthouse.jpg", "image/jpeg", jpeg.length);
        assertThat(Studio.put(right, jpeg).statusCode()).isEqualTo(200);
        assertThat(studio.confirm(id).status()).isEqualTo(200);
    }

    @Test
    void whatTheProjectDoesNotTakeGetsNoUrl() {
        String id = studio.begin();
        assertError(studio.announce(id, "a.pdf", "application/pdf", 5), 400, "VALIDATION_ERROR", "fileType", "image/*");
        assertError(
                studio.announce(id, "a.pdf", "image/pdf", 5), 400, "VALIDATION_ERROR", "fileType", "a PDF document");
        assertError(studio.announce(id, "a.pdf", "", 5), 400, "VALIDATION_ERROR", "fileType", "image/*");
        assertError(studio.announce(id, "../a.png", "image/png", 5), 400, "VALIDATION_ERROR", "fileName");
        assertError(studio.announce(id, "a\u0007.png", "image/png", 5), 400, "VALIDATION_ERROR", "fileName");
        assertError(studio.announce(id, "annex\u202Egpj.exe", "image/png", 5), 400, "VALIDATION_ERROR", "U+202E");
        assertError(studio.announce(id, "a.png", "image/png", 0), 400, "VALIDATION_ERROR", "fileSize");
        assertError(studio.announce(id, "a.png", "image/png", 6L << 30), 400, "VALIDATION_ERROR", "fileSize");
        String path = studio.path("/" + id);
        assertError(studio.agent().post(path, "{}"), 400, "VALIDATION_ERROR", "fileName", "fileType", "fileSize");
        assertError(
                studio.agent()
                        .post(path, "{\"fileName\": \"a.png\", \"fileType\": \"image/png\", \"fileSize\": \"5\"}"),
                400,
                "VALIDATION_ERROR",
                "fileSize");
        assertError(studio.agent().post(path, "{\"fileName\":"), 400, "VALIDATION_ERROR");
        assertError(studio.agent().post(path), 400, "VALIDATION_ERROR");
        assertThat(studio.confirm(id).at("/error/code")).isEqualTo("MEDIA_FILE_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "text/*, a.csv, APPLICATION/CSV; charset=utf-8",
        "application/json, a.jsonl, application/jsonl",
        "application/json, a.json, text/json",
        "image/*, a.png, image/x-png",
        "application/octet-stream, a.dat, ''",
        "'', a.dat, ''"
    })
    void typesAreTakenByAllTheirNames(String accepted, String fileName, String fileType) {
        Studio service = taking(accepted.isEmpty() ? List.of() : List.of(accepted));
        byte[] bytes = fileName.endsWith("png") ? SampleFiles.png() : "{\"a\":1}\n".getBytes(UTF_8);
        String id = service.begin();

        Answer announced = service.announce(id, fileName, fileType, bytes.length);

        assertThat(announced.status()).as(announced.text()).isEqualTo(200);
        assertThat(announced.at("/data/requiredHeaders/Content-Type"))
                .isEqualTo(fileType.isEmpty() ? "application/octet-stream" : fileType);
        assertThat(Studio.put(announced, bytes).statusCode()).isEqualTo(200);
        assertThat(service.confirm(id).status()).isEqualTo(200);
        Answer film = service.announce(service.begin(), "a.mp4", "video/mp4", 5);
        assertThat(film.status()).as(film.text()).isEqualTo(accepted.isEmpty() ? 200 : 400);
    }

    /** The reported type of the bytes, or "-" when confirm refuses them. */
    @ParameterizedTest
    @CsvSource({
        "image/*, a.png, application/octet-stream, png, image/png",
        "image/*, blob, '', png, image/png",
        "image/png, blob, null, png, image/png",
        "image/*, a.png, image/*, png, image/png",
        "image/png, a.png, '', sound, -",
        "video/*, a.mp4, video/mp4, sound, -",
        "video/mp4, a.mp4, video/mp4, sound, -",
        "audio/*, a.mp4, video/mp4, sound, audio/mp4",
        "audio/*, a.mov, video/quicktime, sound, audio/mp4",
        "text/*, prices.csv, application/vnd.ms-excel, csv, text/csv",
        "text/csv, prices.csv, application/vnd.ms-excel, csv, text/csv",
        "text/*, blob, application/vnd.ms-excel, csv, text/plain",
        "text/*, a.xls, application/octet-stream, csv, text/plain",
        "text/*, a.xml, text/xml, csv, application/xml",
        "application/*, app.js, application/javascript, csv, text/javascript",
        "application/json, blob, text/plain, json, application/json",
        "application/zip, blob, application/zip, xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, blob, application/zip, xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/octet-stream, a.png, application/octet-stream, png, image/png",
        "*/*, a.png, image/png, sound, -",
        "image/*, a.png, image/png, sound, -"
    })
    void aFileIsTakenForWhatItsBytesAre(
            String accepted, String fileName, String fileType, String kind, String reported) {
        Studio service = taking(List.of(accepted));
        byte[] bytes = switch (kind) {
            case "png" -> SampleFiles.png();
            case "sound" -> MadeMedia.mp4IndexedLast("soun");
            case "xlsx" -> MadeFiles.xlsx();
            case "json" -> "{\"a\": 1}".getBytes(UTF_8);
            default -> "name,price\napple,12\n".getBytes(UTF_8);
        };
        String id = service.begin();
        Answer announced = service.announce(id, fileName, fileType, bytes.length);
        assertThat(announced.status()).as(announced.text()).isEqualTo(200);
        assertThat(Studio.put(announced, bytes).statusCode()).isEqualTo(200);

        Answer confirmed = service.confirm(id);

        if (reported.equals("-")) {
            assertError(confirmed, 400, "VALIDATION_ERROR", "audio/mp4");
        } else {
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
            assertThat(service.asSeenByTheOrganization(id).at("/media/detected_type"))
                    .isEqualTo(reported);
        }
    }

    private Studio taking(List<String> accepted) {
        Answer project = studio.admin()
                .post(
                        "/v1/organizations/projects",
                        Map.of("name", "Types", "prompt", "Files", "accepted_types", accepted));
        assertThat(project.status()).as(project.text()).isEqualTo(200);
        return studio.elsewhere(project.at("/project_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/csv", "application/jsonl", "application/octet-stream", ""})
    void anEmptyFileIsTakenWhereItMayBeOne(String fileType) {
        Studio service = taking(List.of());
        String id = service.begin();

        Answer announced = service.announce(id, "empty", fileType, 0);

        assertThat(announced.status()).as(announced.text()).isEqualTo(200);
        assertThat(Studio.put(announced, new byte[0]).statusCode()).isEqualTo(200);
        assertThat(service.confirm(id).status()).isEqualTo(200);
        for (String shaped : List.of("image/png", "application/json", "application/pdf", "video/mp4")) {
            assertError(
                    service.announce(service.begin(), "a", shaped, 0), 400, "VALIDATION_ERROR", "an empty file is no");
        }
    }

    @Test
    void aClosedProjectAndOnePastItsDeadlineTakeNothing() {
        String id = studio.putPng();
        String project = "/v1/organizations/projects/" + studio.project();
        assertThat(studio.agent().get("/api/agents/projects").text()).contains(studio.project());
        assertThat(studio.admin().patch(project, Map.of("status", "closed")).status())
                .isEqualTo(200);
        assertError(studio.announce(id, "b.png", "image/png", 5), 400, "VALIDATION_ERROR", "closed");
        assertError(studio.agent().post(studio.path("")), 400, "VALIDATION_ERROR", "closed");
        assertThat(studio.agent().get("/api/agents/projects").text()).doesNotContain(studio.project());
        assertThat(studio.agent()
                        .get("/api/agents/projects/" + studio.project())
                        .at("/data/status"))
                .isEqualTo("closed");
        String deadline = Instant.now().minusSeconds(60).toString();
        assertThat(studio.admin()
                        .patch(project, Map.of("status", "open", "deadline", deadline))
                        .status())
                .isEqualTo(200);
        assertError(studio.announce(id, "b.png", "image/png", 5), 400, "VALIDATION_ERROR", deadline.substring(0, 16));
        assertThat(studio.agent().get("/api/agents/projects").text()).doesNotContain(studio.project());
        // What was announced in time is still accepted.
        assertThat(studio.confirm(id).status()).isEqualTo(200);
        assertThat(studio.admin().patch(project, "{\"deadline\": null}").text()).doesNotContain("deadline");
        assertThat(studio.agent().post(studio.path("")).status()).isEqualTo(200);
    }
}
