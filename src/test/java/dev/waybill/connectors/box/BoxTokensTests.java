package dev.waybill.connectors.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.TestKeys;
import dev.waybill.testing.Confidential;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of credentials gets in, and on when a token is over; and says what is wrong where it does not. */
@ExtendWith(Confidential.class)
class BoxTokensTests {

    private static final SourcePath ALL = new SourcePath("0", "", true);

    private final FakeBox box = new FakeBox();

    @AfterEach
    void close() {
        box.close();
    }

    @Test
    void clientCredentialsGetATokenOnceAndAnotherOneWhenThatIsOver() {
        box.put("a", "a");
        try (Source source = box.open(FakeBox.clientCredentials())) {
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(box.grants()).containsExactly("client_credentials");
            box.expireTokens();
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            assertThat(box.grants()).hasSize(2);
        }
    }

    @Test
    void aUserIsASubjectToo() {
        Map<String, Object> credentials = new LinkedHashMap<>(credentials(FakeBox.clientCredentials()));
        credentials.remove("enterprise_id");
        credentials.put("user_id", FakeBox.USER);
        try (Source source = box.open(Map.of("credentials", credentials))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.account()).isEqualTo("App_1@boxdevedition.com");
        }
    }

    @Test
    void wrongClientCredentialsAreToldOf() {
        Map<String, Object> credentials = new LinkedHashMap<>(credentials(FakeBox.clientCredentials()));
        credentials.put("enterprise_id", "1");
        assertProblem(credentials, Diagnosis.INVALID_CREDENTIALS, "have an admin authorise the app");
        credentials.put("client_secret", Confidential.secret("not-the-secret-of-the-app"));
        assertProblem(credentials, Diagnosis.INVALID_CREDENTIALS, "client_secret");
        box.first(asked -> asked.path().equals("/oauth2/token")
                ? FakeBox.refusedGrant("unauthorized_client", "This app is not authorized by the enterprise")
                : null);
        assertProblem(credentials, Diagnosis.INVALID_CREDENTIALS, "way of authentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted", "in the clear"})
    void anAssertionIsSignedByTheAppsKey(String form) {
        boolean isEncrypted = form.equals("encrypted");
        try (Source source = box.open(Map.of("credentials", assertion(isEncrypted)))) {
            assertThat(source.check(ALL).problem()).isNull();
            box.expireTokens();
            assertThat(source.check(ALL).problem()).isNull();
        }
        assertThat(box.grants()).hasSize(2);
    }

    @Test
    void anAssertionIsSignedByBoxsTimeWhereTheClocksDiffer() {
        Instant late = InstantSource.system().instant().plus(Duration.ofMinutes(20));
        Connector connector =
                box.connector(Pools.with(Pools.LOOPBACK, InstantSource.fixed(late)), InstantSource.fixed(late));
        try (Source source = connector.open(connector.read(Map.of("credentials", assertion(true)), "body"))) {
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).as(profile.message()).isNull();
            assertThat(profile.checks())
                    .anySatisfy(check -> assertThat(check.code()).isEqualTo(Diagnosis.CLOCK_SKEW));
        }
        assertThat(box.grants()).hasSize(2);
    }

    @Test
    void aDeveloperTokenIsOverWhenItIsOver() {
        String token = box.issue();
        box.put("a", "a");
        try (Source source = box.open(Map.of("credentials", Map.of("access_token", token)))) {
            assertThat(source.list(ALL, null, 10).files()).hasSize(1);
            box.expireTokens();
            SourceException refused = refusal(source);
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(refused.getMessage()).contains("developer token lasts an hour");
            assertThat(source.check(ALL).problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
        }
    }

    @Test
    void aPairIsExchangedOnceAndTheNextOneIsUsedFromThenOn() {
        box.put("a", "a");
        Kept kept = new Kept();
        Connector connector = box.connector();
        ConnectorConfig config = connector.read(Map.of("credentials", pair()), "body");
        kept.secrets.putAll(config.secrets());
        try (Source one = connector.open(config, kept);
                Source other = connector.open(config, kept)) {
            assertThat(one.list(ALL, null, 10).files()).hasSize(1);
            assertThat(kept.exchanges).isEmpty();
            box.expireTokens();
            assertThat(one.list(ALL, null, 10).files()).hasSize(1);
            assertThat(other.list(ALL, null, 10).files())
                    .as("it learns of the other's")
                    .hasSize(1);
            assertThat(kept.exchanges).containsExactly("[credentials.access_token, credentials.refresh_token]");
            box.expireTokens();
            assertThat(other.list(ALL, null, 10).files()).hasSize(1);
            assertThat(one.list(ALL, null, 10).files()).hasSize(1);
        }
        assertThat(box.grants()).containsExactly("refresh_token", "refresh_token");
        assertThat(kept.secrets).containsEntry("credentials.client_secret", FakeBox.CLIENT_SECRET);
    }

    @Test
    void aRefreshTokenThatWasUsedElsewhereIsOver() {
        Map<String, Object> pair = pair();
        box.issueRefresh();
        box.expireTokens();
        Kept kept = new Kept();
        Connector connector = box.connector();
        ConnectorConfig config = connector.read(Map.of("credentials", pair), "body");
        kept.secrets.putAll(config.secrets());
        try (Source source = connector.open(config, kept)) {
            SourceException refused = refusal(source);
            assertThat(refused.diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(refused.getMessage()).contains("authorised again");
        }
    }

    @Test
    void whatIsKeptNowhereDoesNotUseARefreshToken() {
        Map<String, Object> pair = pair();
        try (Source source = box.open(Map.of("credentials", pair))) {
            assertThat(source.check(ALL).problem()).isNull();
            box.expireTokens();
            SourceProfile profile = source.check(ALL);
            assertThat(profile.problem()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS);
            assertThat(profile.message()).contains("test_before_save: false");
        }
        assertThat(box.grants()).isEmpty();
    }

    @Test
    void theTokenIsToldToTheApiOnly() {
        box.put("a", "bytes");
        try (Source source = box.open(FakeBox.clientCredentials())) {
            assertThat(source.check(ALL).capabilities().read()).isTrue();
        }
    }

    /** Remembers what it was given, as a connection does. */
    private static final class Kept implements Renewal {

        private final Map<String, String> secrets = new LinkedHashMap<>();
        private final List<String> exchanges = new ArrayList<>();

        @Override
        public synchronized Map<String, String> renew(
                Predicate<Map<String, String>> isStale, UnaryOperator<Map<String, String>> exchange) {
            if (isStale.test(secrets)) {
                Map<String, String> fresh = exchange.apply(Map.copyOf(secrets));
                exchanges.add(fresh.keySet().stream().sorted().toList().toString());
                secrets.putAll(fresh);
            }
            return Map.copyOf(secrets);
        }
    }

    private Map<String, Object> pair() {
        return Map.of(
                "client_id",
                FakeBox.CLIENT,
                "client_secret",
                FakeBox.CLIENT_SECRET,
                "access_token",
                box.issue(),
                "refresh_token",
                box.issueRefresh());
    }

    static Map<String, Object> assertion(boolean isEncrypted) {
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("client_id", FakeBox.CLIENT);
        credentials.put("client_secret", FakeBox.CLIENT_SECRET);
        credentials.put("enterprise_id", FakeBox.ENTERPRISE);
        credentials.put("jwt_key_id", Assertions.KEY_ID);
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
