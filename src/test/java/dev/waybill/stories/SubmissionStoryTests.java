package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An agent submits its work: what it is told when all is well, and when it is not. */
class SubmissionStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();
    private static final String STRANGE_ID = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90";

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
        assertThat(studio.asSeenByTheOrganization(id).json().has("download_url"))
                .as("bytes that nobody verified are not given out")
                .isFalse();
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
    void whatIsNotTheAgentsIsNotThere() {
        String id = studio.putPng();
        Studio colleague = studio.colleague(SERVICE.anonymous());
        Studio elsewhere = Studio.open(SERVICE.client(), SERVICE.anonymous());
        Studio ghostly = studio.elsewhere(STRANGE_ID);
        for (Studio stranger : List.of(
                colleague, elsewhere, studio.elsewhere(elsewhere.project()), ghostly, studio.elsewhere("nonsense"))) {
            assertNoSubmission(stranger.confirm(id));
            assertNoSubmission(stranger.submission(id));
            assertNoSubmission(stranger.announce(id, "a.png", "image/png", 5));
        }
        for (String other : List.of(STRANGE_ID, "nonsense", "1-1-1-1-1", "%20", "$ne", "x".repeat(3000))) {
            assertNoSubmission(studio.confirm(other));
            assertNoSubmission(studio.submission(other));
        }
        assertError(ghostly.agent().get(ghostly.path("")), 404, "PROJECT_NOT_FOUND");
        assertThat(colleague.agent().get(studio.path("")).text()).doesNotContain(id);
        assertThat(studio.status(id)).isEqualTo("pending");
        assertThat(studio.confirm(id.toUpperCase(java.util.Locale.ROOT)).status())
                .isEqualTo(200);
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
        ObjectKey key = new ObjectKey(path.substring(path.indexOf("org_")));
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
        assertError(studio.announce(id, "a.png", "image", 5), 400, "VALIDATION_ERROR", "fileType");
        assertError(studio.announce(id, "a.png", "image/*", 5), 400, "VALIDATION_ERROR", "fileType");
        assertError(studio.announce(id, "../a.png", "image/png", 5), 400, "VALIDATION_ERROR", "fileName");
        assertError(studio.announce(id, "a\u0007.png", "image/png", 5), 400, "VALIDATION_ERROR", "fileName");
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
        // What was asked for in time is still taken.
        assertThat(studio.confirm(id).status()).isEqualTo(200);
        assertThat(studio.admin().patch(project, "{\"deadline\": null}").text()).doesNotContain("deadline");
        assertThat(studio.agent().post(studio.path("")).status()).isEqualTo(200);
    }

    @Test
    void aProjectForSomeAgentsIsThereForNoOther() {
        Studio colleague = studio.colleague(SERVICE.anonymous());
        String project = "/v1/organizations/projects/" + studio.project();
        assertThat(studio.admin()
                        .patch(project, Map.of("agent_ids", List.of(studio.agentId())))
                        .status())
                .isEqualTo(200);
        assertThat(studio.agent().get("/api/agents/projects").text()).contains(studio.project());
        assertThat(colleague.agent().get("/api/agents/projects").text()).doesNotContain(studio.project());
        assertError(colleague.agent().post(colleague.path("")), 404, "PROJECT_NOT_FOUND");
        assertThat(studio.begin()).isNotEmpty();
        Answer unknown = studio.admin().patch(project, Map.of("agent_ids", List.of("agt_unknown")));
        assertThat(unknown.status()).isEqualTo(422);
    }

    @Test
    void submissionsAreListedInPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(studio.begin());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = studio.agent().get(studio.path("?limit=2" + cursor));
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json()
                    .at("/data/submissions")
                    .forEach(one -> seen.add(one.path("submissionId").asString()));
            cursor = page.at("/data/nextCursor").isEmpty() ? "" : "&cursor=" + page.at("/data/nextCursor");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(ids);
        String list = "/v1/organizations/projects/" + studio.project() + "/submissions/list";
        assertThat(studio.admin()
                        .post(list, Map.of("filters", Map.of("status", "pending")))
                        .json()
                        .path("results"))
                .hasSize(5);
        assertThat(studio.admin()
                        .post(list, Map.of("filters", Map.of("status", "submitted")))
                        .json()
                        .path("results"))
                .isEmpty();
        assertError(studio.agent().get(studio.path("?limit=0")), 400, "VALIDATION_ERROR", "limit");
        assertError(studio.agent().get(studio.path("?cursor=nonsense")), 400, "VALIDATION_ERROR");
    }

    @Test
    void keysAreRefusedWhereTheyAreOfNoUse() {
        String own = "/api/agents/projects";
        assertError(SERVICE.anonymous().get(own), 401, "UNAUTHORIZED", "Authentication required");
        assertError(SERVICE.client().get(own), 401, "UNAUTHORIZED", "Invalid API key");
        for (String header :
                List.of("Bearer io42_unknown", "Bearer", "Basic abc", studio.key(), "Bearer io42_" + "x".repeat(43))) {
            Answer refused = SERVICE.anonymous().with("Authorization", header).get(own);
            assertError(refused, 401, "UNAUTHORIZED", "Invalid API key");
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(refused.header("X-RateLimit-Limit")).isEmpty();
        }
        for (String path : List.of("/v1/namespaces/list", "/v1/organizations/projects/list")) {
            Answer refused = studio.agent().post(path);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.at("/error/type")).isEqualTo("UnauthorizedError");
        }
        String agent = "/v1/organizations/agents/" + studio.agentId();
        Answer rotated = studio.admin().post(agent + "/rotate");
        assertThat(rotated.at("/key")).matches("io42_[A-Za-z0-9]{43}").isNotEqualTo(studio.key());
        assertError(studio.agent().get(own), 401, "UNAUTHORIZED", "Invalid API key");
        WaybillClient renewed = SERVICE.anonymous().withKey(rotated.at("/key"));
        assertThat(renewed.get(own).status()).isEqualTo(200);
        studio.admin().patch(agent, Map.of("status", "suspended"));
        assertError(renewed.get(own), 401, "UNAUTHORIZED", "Invalid API key");
        studio.admin().patch(agent, Map.of("status", "active"));
        assertThat(renewed.get(own).status()).isEqualTo(200);
        assertThat(studio.admin().delete(agent).at("/status")).isEqualTo("revoked");
        assertError(renewed.get(own), 401, "UNAUTHORIZED", "Invalid API key");
        assertThat(studio.admin().patch(agent, Map.of("status", "active")).status())
                .isEqualTo(409);
        String told = studio.admin().get(agent).text()
                + studio.admin()
                        .post("/v1/organizations/agents/list?limit=1000")
                        .text();
        assertThat(told).doesNotContain(rotated.at("/key")).doesNotContain(studio.key());
    }

    @Test
    void whateverGoesWrongBeforeAControllerWearsTheEnvelope() throws Exception {
        WaybillClient agent = studio.agent();
        assertError(SERVICE.anonymous().get("/api/agents"), 401, "UNAUTHORIZED", "Authentication required");
        assertError(SERVICE.anonymous().get("/api/agents/no/such/path"), 401, "UNAUTHORIZED");
        assertError(agent.get("/api/agents/no/such/path"), 404, "NOT_FOUND");
        assertError(agent.delete("/api/agents/projects"), 405, "VALIDATION_ERROR");
        assertError(agent.send("PURGE", "/api/agents/projects", null), 405, "VALIDATION_ERROR");
        String path = studio.path("");
        assertError(agent.with("Content-Type", "text/csv").post(path, "a,b"), 415, "VALIDATION_ERROR");
        assertError(agent.post(path, "{\"text\": \"" + "x".repeat(6 << 20) + "\"}"), 413, "VALIDATION_ERROR");
        assertError(agent.post(path, "[1]"), 400, "VALIDATION_ERROR");
        assertThat(agent.get("/api/agents/no/such/path").header("X-RateLimit-Remaining"))
                .isNotEmpty();
        for (String malformed :
                List.of("/api/agents/projects/%zz", "/api/agents/projects/%00/x", "/api/agents/a%2fb")) {
            String answer = raw("GET " + malformed + " HTTP/1.1");
            assertThat(answer).as(malformed).startsWith("HTTP/1.1 400");
            assertThat(answer).contains("{\"success\":false,\"error\":{\"code\":\"VALIDATION_ERROR\"");
        }
        assertThat(raw("GET /v1/buckets/%zz HTTP/1.1")).contains("\"type\":\"BadRequestError\"");
    }

    @Test
    void everyAnswerTellsTheLimit() {
        Answer first = studio.agent().get("/api/agents/projects");
        assertThat(first.header("X-RateLimit-Limit")).isEqualTo("100");
        assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("99");
        assertThat(Instant.ofEpochSecond(Long.parseLong(first.header("X-RateLimit-Reset"))))
                .isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(1)));
        assertThat(studio.confirm(STRANGE_ID).header("X-RateLimit-Remaining")).isEqualTo("98");
        assertThat(studio.agent().post(studio.path(""), "{\"").header("X-RateLimit-Remaining"))
                .isEqualTo("97");
    }

    @Test
    void anotherOrganizationSeesNothing() {
        String id = studio.putPng();
        String mark = UUID.randomUUID().toString().substring(0, 8);
        Answer founded = SERVICE.client()
                .post(
                        "/v1/organizations",
                        Map.of(
                                "organization_name",
                                "org-" + mark,
                                "plan",
                                "free",
                                "admin_email",
                                mark + "@example.com"));
        Studio other = Studio.open(SERVICE.anonymous().withKey(founded.at("/api_key/key")), SERVICE.anonymous());
        assertNoSubmission(other.elsewhere(studio.project()).confirm(id));
        assertNoSubmission(other.elsewhere(studio.project()).submission(id));
        assertThat(other.agent().get("/api/agents/projects").text()).doesNotContain(studio.project());
        assertThat(other.elsewhere(studio.project()).asSeenByTheOrganization(id).status())
                .isEqualTo(404);
        // The free plan's limit is the project's.
        assertError(
                other.announce(other.begin(), "a.png", "image/png", 101L << 20), 400, "VALIDATION_ERROR", "fileSize");
        Answer tooBig = other.admin()
                .post(
                        "/v1/organizations/projects",
                        Map.of("name", "n", "prompt", "p", "max_file_size_bytes", 101L << 20));
        assertThat(tooBig.status()).isEqualTo(403);
        assertThat(tooBig.at("/error/type")).isEqualTo("QuotaExceededError");
        await().untilAsserted(() -> assertThat(studio.confirm(id).status()).isIn(200, 404));
    }

    private static String raw(String requestLine) throws Exception {
        URI base = SERVICE.base();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertNoSubmission(Answer answer) {
        assertError(answer, 404, "SUBMISSION_NOT_FOUND", "Submission not found or not authorized");
    }

    private static void assertError(Answer answer, int status, String code, String... told) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("success", "error");
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        assertThat(answer.json().path("error").propertyNames()).containsExactlyInAnyOrder("code", "message");
        assertThat(answer.at("/error/code")).as(answer.text()).isEqualTo(code);
        assertThat(answer.at("/error/message")).isNotBlank();
        for (String part : told) {
            assertThat(answer.at("/error/message")).contains(part);
        }
    }
}
