package dev.waybill.stories;

import static dev.waybill.stories.AgentErrors.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an agent sees of projects and submissions, and what is out of reach for its key. */
class AgentAccessStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();
    private static final String STRANGE_ID = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90";

    private final Studio studio = Studio.open(SERVICE.client(), SERVICE.anonymous());

    @Test
    void whatIsNotTheAgentsIs404() {
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
    void aProjectForSomeAgentsIs404ForOthers() {
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
    void keysOfOneApiAreRefusedByTheOther() {
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
        String agentAsStored = studio.admin().get(agent).text()
                + studio.admin()
                        .post("/v1/organizations/agents/list?limit=1000")
                        .text();
        assertThat(agentAsStored).doesNotContain(rotated.at("/key")).doesNotContain(studio.key());
    }

    @Test
    void errorsBeforeAControllerHaveTheEnvelopeToo() throws Exception {
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
    void everyAnswerHasTheRateLimitHeaders() {
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
}
