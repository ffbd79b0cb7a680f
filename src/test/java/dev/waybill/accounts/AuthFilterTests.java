package dev.waybill.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.accounts.AuthServer.Answer;
import dev.waybill.auth.KeyCache;
import dev.waybill.testing.MovedClock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class AuthFilterTests {

    private static final String KEYS = "/v1/organizations/users/admin@waybill.local/api-keys";
    private static final String OPERATOR = AuthServer.OPERATOR;

    private static AuthServer server;

    @BeforeAll
    static void start() {
        server = new AuthServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyKindOfBadKeyGetsTheVerySameAnswer() {
        String revoked = newKey("revoked-one", "");
        server.as(OPERATOR, "DELETE", KEYS + "/revoked-one", null);
        String expired = newKey("expired-one", ", \"expires_at\": \"2030-01-01T00:10:00Z\"");
        assertThat(server.as(expired, "GET", "/v1/probe/caller", null).status()).isEqualTo(200);
        server.bean(MovedClock.class).move(Duration.ofMinutes(10));

        Answer missing = server.call("GET", "/v1/probe/caller", null);

        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.text("/code")).isEqualTo("unauthorized");
        assertThat(missing.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(missing.headers().firstValue("X-RateLimit-Limit")).isEmpty();
        for (String header :
                new String[] {"", "Bearer", "Basic abc", "Bearer sk_unknown", "Bearer " + revoked, "Bearer " + expired
                }) {
            Answer answer = server.call("GET", "/v1/probe/caller", null, "Authorization", header);
            assertThat(answer.status()).as(header).isEqualTo(401);
            assertThat(answer.body()).as(header).isEqualTo(missing.body());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/no/such/path",
        "PATCH, /v1/probe/caller",
        "POST, /v1/organizations/users",
        "GET, /v1",
        "GET, /v1/health/",
        "GET, /v1/healt%68",
        "GET, /v1/probe/../probe/caller",
        "OPTIONS, /v1/probe/caller"
    })
    void aMissingKeyIsReportedBeforeAnythingElse(String method, String path) {
        String body = method.equals("POST") ? "{not json" : null;

        assertThat(server.call(method, path, body).status()).isEqualTo(401);
    }

    @Test
    void healthAndPreflightNeedNoKey() {
        assertThat(server.call("GET", "/v1/health", null).status()).isEqualTo(200);
        assertThat(server.call(
                                "OPTIONS",
                                "/v1/probe/caller",
                                null,
                                "Origin",
                                "https://example.com",
                                "Access-Control-Request-Method",
                                "GET")
                        .status())
                .isNotEqualTo(401);
    }

    @Test
    void theFirstOfTwoHeadersCounts() {
        Answer twice = server.call(
                "GET",
                "/v1/probe/caller",
                null,
                "Authorization",
                "bearer " + OPERATOR,
                "Authorization",
                "Bearer " + OPERATOR);
        Answer joined = server.call(
                "GET", "/v1/probe/caller", null, "Authorization", "Bearer " + OPERATOR + ", Bearer " + OPERATOR);

        assertThat(twice.status()).isEqualTo(200);
        assertThat(joined.status()).isEqualTo(200);
        assertThat(joined.text("/organization")).isEqualTo("org_bootstrap");
    }

    @Test
    void responsesHaveTheRateLimitHeaders() {
        long now = server.bean(MovedClock.class).instant().getEpochSecond();

        Answer answer = server.as(OPERATOR, "GET", "/v1/no/such/path", null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo(60_000);
        assertThat(answer.header("X-RateLimit-Remaining")).isBetween(1L, 59_999L);
        assertThat(answer.header("X-RateLimit-Reset")).isBetween(now, now + 60);
        assertThat(answer.header("X-RateLimit-Window")).isEqualTo(60);
    }

    @Test
    void aKeyWithItsOwnLimitIsRefusedBeyondIt() {
        String key = newKey("limited", ", \"rate_limit_override\": 2");
        server.as(key, "GET", "/v1/probe/caller", null);
        server.as(key, "GET", "/v1/probe/caller", null);

        Answer refused = server.as(key, "GET", "/v1/probe/caller", null);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text("/code")).isEqualTo("rate_limited");
        assertThat(refused.json().at("/details/limit").asInt()).isEqualTo(2);
        assertThat(refused.json().at("/details/window").asInt()).isEqualTo(60);
        assertThat(refused.header("Retry-After"))
                .isEqualTo(refused.json().at("/details/retry_after").asLong())
                .isBetween(1L, 60L);
        assertThat(refused.header("X-RateLimit-Remaining")).isZero();

        server.bean(MovedClock.class).move(Duration.ofMinutes(1));
        assertThat(server.as(key, "GET", "/v1/probe/caller", null).status()).isEqualTo(200);
    }

    @Test
    void theLastUseIsRecordedAsynchronously() {
        String key = newKey("used", "");
        server.as(key, "GET", "/v1/probe/caller", null);

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(server.as(OPERATOR, "GET", KEYS, null).body())
                                .contains("last_used_at"));
    }

    @Test
    void aDatabaseOutageIsNotTheKeysFault(CapturedOutput output) {
        try (AuthServer own = new AuthServer()) {
            assertThat(own.as(OPERATOR, "GET", "/v1/probe/caller", null).status())
                    .isEqualTo(200);
            own.mongo.close();
            own.bean(KeyCache.class).evictAll();

            Answer away = own.as(OPERATOR, "GET", "/v1/probe/caller", null);

            assertThat(away.status()).isEqualTo(503);
            assertThat(away.text("/code")).isEqualTo("service_unavailable");
            assertThat(away.body()).doesNotContain("127.0.0.1");
            assertThat(output).doesNotContain(OPERATOR);
        }
    }

    private static String newKey(String name, String more) {
        return server.as(
                        OPERATOR,
                        "POST",
                        KEYS,
                        "{\"name\": \"%s\", \"permissions\": [\"read\"]%s}".formatted(name, more))
                .text("/key");
    }
}
