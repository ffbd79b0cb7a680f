package dev.waybill.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.ErrorCode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebProbe
class ErrorsOverHttpTests {

    @LocalServerPort
    int port;

    Http http;

    @BeforeEach
    void connect() {
        http = new Http(port);
    }

    @Test
    void theEnvelopeIsExactlyTheContracts() {
        Http.Answer answer = http.get("/v1/probe/fails/not-found", "X-Request-Id", "mine-1");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-Request-Id")).isEqualTo("mine-1");
        assertThat(answer.text()).isEqualTo("""
                {"success":false,"status":404,"error":{"message":"upload 'upl_1' not found","type":"NotFoundError",\
                "details":{"code":"not_found","resource":"upload","id":"upl_1"}}}""");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeIsAnsweredWithItsStatusAndType(ErrorCode code) {
        Http.Answer answer = http.get("/v1/probe/fails/" + code.name());

        ErrorStatus expected = ErrorStatus.of(code.category());
        assertThat(answer.status()).isEqualTo(expected.status());
        assertThat(answer.json().path("success").asBoolean(true)).isFalse();
        assertThat(answer.json().path("status").asInt()).isEqualTo(expected.status());
        assertThat(answer.error().path("type").asString()).isEqualTo(expected.type());
        assertThat(answer.details().path("code").asString()).isEqualTo(code.wire());
        assertThat(answer.header("Retry-After").isEmpty()).isEqualTo(answer.status() != 429 && answer.status() != 503);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo(answer.status() == 401 ? "Bearer" : "");
    }

    @Test
    void theRateLimitsOwnTimeStandsInRetryAfter() {
        Http.Answer answer = http.get("/v1/probe/fails/limited");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("Retry-After")).isEqualTo("17");
        assertThat(answer.details().path("limit").asInt()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/probe/fails/boom", "/v1/probe/fails/error", "/v1/probe/async-fail"})
    void anUnexpectedFailureSaysNothingButTheRequestId(String path) {
        Http.Answer answer = http.get(path, "X-Request-Id", "mine-2");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
        assertThat(answer.error().path("type").asString()).isEqualTo("InternalServerError");
        assertThat(answer.details().path("request_id").asString()).isEqualTo("mine-2");
        assertThat(answer.details().path("code").asString()).isEqualTo("internal");
    }

    @Test
    void aStoreThatIsAwayIsTranslated() {
        Http.Answer answer = http.get("/v1/probe/fails/away");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error().path("type").asString()).isEqualTo("ServiceUnavailableError");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.text()).doesNotContain("10.0.0.1");
    }

    /** It fails in the very words of a client's own connection, for which nobody would wait any more. */
    @ParameterizedTest
    @ValueSource(strings = {"away-in-mid-answer", "storage-in-mid-answer"})
    void aStoreThatBreaksOffIsReportedToTheClient(String how) {
        Http.Answer answer = http.get("/v1/probe/fails/" + how);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error().path("type").asString()).isNotEmpty();
    }

    @Test
    void aFailureFromAnotherThreadIsUnwrapped() {
        assertThat(http.get("/v1/probe/fails/later").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/probe/filter/throws, 500, internal",
        "/v1/probe/filter/refuses, 401, unauthorized",
        "/v1/probe/filter/sends-error, 403, forbidden"
    })
    void whatFiltersDoIsRenderedToo(String path, int status, String code) {
        Http.Answer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.details().path("code").asString()).isEqualTo(code);
        assertThat(answer.header("X-Request-Id")).startsWith("req_");
        assertThat(answer.text()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/nothing", "/error", "/v1/probe/things/x/y/z"})
    void anUnknownPathIsReportedAsOne(String path) {
        Http.Answer get = http.get(path, "Accept", "text/html");
        Http.Answer post = http.post(path, "{}");

        assertThat(get.status()).isEqualTo(404);
        assertThat(get.details().path("code").asString()).isEqualTo("no_such_path");
        assertThat(get.header("Content-Type")).isEqualTo("application/json");
        assertThat(post.status()).isEqualTo(404);
        assertThat(post.details().path("code").asString()).isEqualTo("no_such_path");
    }

    @Test
    void aWrongMethodIsAnsweredWithTheAllowedOnes() {
        Http.Answer answer = http.post("/v1/probe/named/x", "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET").contains("DELETE");
        assertThat(answer.error().path("type").asString()).isEqualTo("MethodNotAllowedError");
        assertThat(answer.error().path("message").asString()).contains("POST").contains("DELETE, GET");
    }

    @Test
    void anAnswerThatTheClientCannotTakeIsRefused() {
        Http.Answer answer = http.get("/v1/probe/named/x", "Accept", "text/csv");

        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.error().path("type").asString()).isEqualTo("NotAcceptableError");
        assertThat(http.get("/v1/probe/named/x", "Accept", "application/xml").status())
                .isEqualTo(406);
        assertThat(http.get("/v1/probe/named/x", "Accept", "text/html,application/xml;q=0.9,*/*;q=0.8")
                        .header("Content-Type"))
                .isEqualTo("application/json");
    }

    @Test
    void anErrorIsJsonWhateverTheClientAccepts() {
        Http.Answer answer = http.get("/v1/probe/fails/not-found", "Accept", "text/html");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void anotherApiAnswersInItsOwnEnvelope() {
        assertThat(http.get("/api/probe/fails").text()).isEqualTo("{\"other\": true}");
        assertThat(http.get("/api/probe/nothing").text()).isEqualTo("{\"other\": true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/pro|be HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/probe/named/a%2Fb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/probe/named/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/probe/../../../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/probe/query?count=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /v1/probe/named/x HTTP/1.1\r\nConnection: close\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "POST /v1/probe/things HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            })
    void whatTheContainerRefusesIsJsonToo(String request) {
        String answer = http.raw(request);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("Content-Type: application/json");
        assertThat(answer).containsIgnoringCase("X-Request-Id: req_");
        assertThat(answer).contains("\"success\":false,\"status\":400,").contains("\"type\":\"BadRequestError\"");
        assertThat(answer).doesNotContain("<html").doesNotContain("Exception").doesNotContain("Tomcat");
    }

    @Test
    void otherStatusesOfTheContainerAreKept() {
        String trace = http.raw("TRACE /v1/probe/named/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        String version = http.raw("GET /v1/probe/named/x HTTP/7.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(trace).startsWith("HTTP/1.1 405").contains("MethodNotAllowedError");
        assertThat(version).startsWith("HTTP/1.1 505").contains("\"status\":505");
    }

    @Test
    void sanerRequestIdsAreKeptAndOthersReplaced() {
        assertThat(http.get("/v1/probe/named/x", "X-Request-Id", "a.b_C-9").header("X-Request-Id"))
                .isEqualTo("a.b_C-9");
        assertThat(http.get("/v1/probe/named/x", "X-Request-Id", "a b<c>").header("X-Request-Id"))
                .startsWith("req_");
        assertThat(http.get("/v1/probe/named/x", "X-Request-Id", "x".repeat(129))
                        .header("X-Request-Id"))
                .startsWith("req_");
        assertThat(http.send("DELETE", "/v1/probe/named/x", BodyPublishers.noBody())
                        .header("X-Request-Id"))
                .startsWith("req_");
    }
}
