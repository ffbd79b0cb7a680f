package dev.waybill.connectors.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.TestKeys;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.Latches;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each type of credentials gets access tokens, renews expired ones where it can, and reports errors. */
@ExtendWith(Confidential.class)
class BoxTokensTests {

    private static final SourcePath ALL = new SourcePath("0", "", true);
    private static final String REFRESH = "credentials.refresh_token";

    private final FakeBox box = new FakeBox();

    @AfterEach
    void close() {
        box.close();
    }

    @Test
    void clientCredentialsGetATokenOnceAndAnotherOneWhenItExpires() {
        box.put("a", "a");
        try (Source source = box.open(FakeBoxTokens.clientCredentials())) {
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(box.tokens().grants()).containsExactly("client_credentials");
            box.tokens().expire();
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(box.tokens().grants()).hasSize(2);
        }
    }

    @Test
    void aUserIsASubjectToo() {
        Map<String, Object> credentials = new LinkedHashMap<>(credentials(FakeBoxTokens.clientCredentials()));
        credentials.remove("enterprise_id");
        credentials.put("user_id", FakeBoxTokens.USER);
        try (Source source = box.open(Map.of("credentials", credentials))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.account()).isEqualTo("App_1@boxdevedition.com");
        }
    }

    @Test
    void wrongClientCredentialsAreReported() {
        Map<String, Object> credentials = new LinkedHashMap<>(credentials(FakeBoxTokens.clientCredentials()));
        credentials.put("enterprise_id", "1");
        assertProblem(credentials, Diagnosis.INVALID_CREDENTIALS, "have an admin authorise the app");
        credentials.put("client_secret", Confidential.secret("not-the-secret-of-the-app"));
        assertProblem(credentials, Diagnosis.INVALID_CREDENTIALS, "client_secret");
        box.first(request -> request.path().equals("/oauth2/token")
                ? FakeBoxTokens.refused("unauthorized_client", "This app is not authorized by the enterprise")
                : null);
        assertProblem(credentials, Diagnosis.INVALID_CREDENTIALS, "way of authentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted", "in the clear"})
    void anAssertionIsSignedByTheAppsKey(String form) {
        boolean isEncrypted = form.equals("encrypted");
        try (Source source = box.open(Map.of("credentials", assertion(isEncrypted)))) {
            assertThat(source.check(ALL).problem()).isNull();
            box.tokens().expire();
            assertThat(source.check(ALL).problem()).isNull();
        }
        assertThat(box.tokens().grants()).hasSize(2);
    }

    @Test
    void anAssertionIsSignedByBoxsTimeWhereTheClocksDiffer() {
        Instant ahead = InstantSource.system().instant().plus(Duration.ofMinutes(20));
        Connector connector =
                box.connector(Pools.with(Pools.LOOPBACK, InstantSource.fixed(ahead)), InstantSource.fixed(ahead));
        try (Source source = connector.open(connector.read(Map.of("credentials", assertion(true)), "body"))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.checks())
                    .anySatisfy(check -> assertThat(check.code()).isEqualTo(Diagnosis.CLOCK_SKEW));
        }
        assertThat(box.tokens().grants()).hasSize(2);
    }

    @Test
    void anExpiredDeveloperTokenIsNotRenewed() {
        String token = box.tokens().issue();
        box.put("a", "a");
        try (Source source = box.open(Map.of("credentials", Map.of("access_token", token)))) {
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            box.tokens().expire();
            SourceException refused = refusal(source);
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(refused.getMessage()).contains("developer token lasts an hour");
            assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
        }
    }

    @Test
    void aRefreshTokenThatWasUsedElsewhereIsExpired() {
        Map<String, Object> pair = box.tokens().pair();
        box.tokens().pair();
        box.tokens().expire();
        Connector connector = box.connector();
        ConnectorConfig config = connector.read(pair, "body");
        try (Source source = connector.open(config, new KeptSecrets(config))) {
            SourceException refused = refusal(source);
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(refused.getMessage()).contains("authorised again");
        }
    }

    @Test
    void aPairInFlightWhenTheSourceIsClosedIsNotLost() throws InterruptedException {
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Connector connector = box.connector();
        ConnectorConfig config = connector.read(box.tokens().pair(), "body");
        KeptSecrets stored = new KeptSecrets(config);
        box.tokens().expire();
        box.first(seen -> {
            if (seen.path().equals("/oauth2/token")) {
                requested.countDown();
                Latches.await(closed);
            }
            return null;
        });
        Source source = connector.open(config, stored);
        Thread reader = Thread.ofVirtual().start(() -> catchThrowable(() -> source.list(ALL, null, 10)));
        Latches.await(requested);

        source.close();

        closed.countDown();
        assertThat(reader.join(Duration.ofSeconds(30))).isTrue();
        assertThat(box.tokens().grants()).containsExactly("refresh_token");
        assertThat(stored.now()).doesNotContainEntry(REFRESH, config.secrets().get(REFRESH));
    }

    @Test
    void unsavedSettingsDoNotUseARefreshToken() {
        try (Source source = box.open(box.tokens().pair())) {
            assertThat(source.check(ALL).problem()).isNull();
            box.tokens().expire();
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(profile.message()).contains("test_before_save: false");
        }
        assertThat(box.tokens().grants()).isEmpty();
    }

    @Test
    void whatItFindsIsItsProfile() {
        try (Source source = box.open(FakeBoxTokens.clientCredentials())) {
            SourceProfile empty = source.check(ALL);
            assertThat(empty.problem()).isNull();
            assertThat(empty.message()).contains("nothing lies there yet", "sees only what it was invited to");
            assertThat(empty.capabilities().read())
                    .as("nothing was there to read")
                    .isFalse();
            box.put("a", "bytes");
            assertThat(source.check(ALL).capabilities())
                    .isEqualTo(new SourceProfile.Capabilities(
                            true, true, false, false, true, true, true, List.of(Algorithm.SHA1), 1_000, false, false));
        }
        assertThat(box.downloads())
                .as("the token is told to the API only")
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Authorization"));
    }

    static Map<String, Object> assertion(boolean isEncrypted) {
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("client_id", FakeBoxTokens.CLIENT);
        credentials.put("client_secret", FakeBoxTokens.CLIENT_SECRET);
        credentials.put("enterprise_id", FakeBoxTokens.ENTERPRISE);
        credentials.put("jwt_key_id", SignedAssertion.KEY_ID);
        credentials.put("private_key", isEncrypted ? TestKeys.TRIPLE_DES : TestKeys.PLAIN);
        if (isEncrypted) {
            credentials.put("private_key_passphrase", TestKeys.PASSPHRASE);
        }
        return credentials;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> credentials(Map<String, Object> settings) {
        return (Map<String, Object>) settings.get("credentials");
    }

    private void assertProblem(Map<String, Object> credentials, Diagnosis problem, String message) {
        try (Source source = box.open(Map.of("credentials", credentials))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isEqualTo(problem);
            assertThat(profile.message()).contains(message);
        }
    }

    private static SourceException refusal(Source source) {
        List<SourceException> thrown = new ArrayList<>();
        assertThatThrownBy(() -> source.list(ALL, null, 10)).isInstanceOfSatisfying(SourceException.class, thrown::add);
        return thrown.getFirst();
    }
}
