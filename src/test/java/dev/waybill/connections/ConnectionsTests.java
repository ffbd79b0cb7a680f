package dev.waybill.connections;

import static dev.waybill.connections.ConnectionFixtures.ACME;
import static dev.waybill.connections.ConnectionFixtures.NOON;
import static dev.waybill.connections.ConnectionFixtures.OTHER;
import static dev.waybill.connections.ConnectionFixtures.caller;
import static dev.waybill.connections.ConnectionFixtures.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.waybill.auth.Permission;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTests {

    private final ConnectionFixtures fixtures = new ConnectionFixtures();
    private final Connections connections = fixtures.connections;

    @AfterEach
    void stop() {
        assertThat(fixtures.script.openSources()).isZero();
        fixtures.close();
    }

    @Test
    void whatIsOpenedKnowsItsSecretsAndWhatIsShownDoesNot() {
        fixtures.script.put("a.txt", "a");
        Connection connection = fixtures.made("Raw footage");

        assertThat(connection.config().secrets()).containsOnlyKeys("credentials.secret_access_key");
        assertThat(connection.config().settings() + " " + connection.config().secrets())
                .doesNotContain(ScriptedSource.SECRET);
        try (Source source = connections.open(connection)) {
            assertThat(source.list(connections.path(connection, "/"), null, 10).files())
                    .hasSize(1);
        }
        assertThat(connection.profile()).containsEntry("provider", "scripted").containsKey("capabilities");
    }

    @Test
    void aSuspendedConnectionIsNotOpened() {
        Connection connection = fixtures.made("Raw footage");
        IntStream.range(0, 4).forEach(i -> connections.failed(connection, Diagnosis.NETWORK, "It is away."));
        connections.open(fixtures.now(connection)).close();
        assertThat(fixtures.calls).isEmpty();

        connections.failed(connection, Diagnosis.NETWORK, "It is away.");

        assertThat(fixtures.calls).containsExactly("suspended " + connection.id());
        assertThat(fixtures.now(connection).lastError()).isEqualTo("NETWORK: It is away.");
        assertThatThrownBy(() -> connections.open(connection))
                .asInstanceOf(type(WaybillException.class))
                .returns(ErrorCode.CONNECTION_NOT_ACTIVE, WaybillException::code);
    }

    @Test
    void theCredentialsOfAnArchivedConnectionAreNotUsed() {
        Connection connection = fixtures.made("Raw footage");

        fixtures.service.archive(caller(Permission.ADMIN), "Raw footage");

        assertThat(fixtures.calls).containsExactly("archived " + connection.id());
        assertThatThrownBy(() -> connections.open(connection))
                .asInstanceOf(type(SourceException.class))
                .returns(Diagnosis.INVALID_CREDENTIALS, SourceException::diagnosis);
        assertThat(connections.find(ACME, connection.id())).isPresent();
        assertThat(connections.find(OTHER, connection.id())).isEmpty();
    }

    @Test
    void anErrorIsStoredUpToAThousandCharactersAndNoCharacterIsCutInTwo() {
        Connection connection = fixtures.made("Raw footage");

        connections.failed(connection, Diagnosis.TLS, "😀".repeat(1_000));

        String error = String.valueOf(fixtures.now(connection).lastError());
        assertThat(error.length()).isBetween(998, 1_000);
        assertThat(error).startsWith("TLS: 😀").endsWith("😀");
    }

    @Test
    void theSameAccessToTheSameBucketIsOneConnection() {
        Connection first = fixtures.made("Raw footage");
        Connection again = fixtures.made("Whatever");

        assertThat(first.fresh()).isTrue();
        assertThat(again.fresh()).isFalse();
        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void theSameSettingsTwiceAtOnceAreOneConnection() {
        Map<String, Object> settings = ScriptedSource.settings();
        Connection[] other = new Connection[1];
        fixtures.script.on(Call.CHECK).once().does(() -> other[0] = made(settings));

        Connection slower = made(settings);

        assertThat(slower.id()).isEqualTo(other[0].id());
        assertThat(slower.fresh()).isFalse();
        assertThat(other[0].fresh()).isTrue();

        connections.discard(other[0]);
        assertThat(connections.find(ACME, slower.id()))
                .as("the slower one uses it")
                .isPresent();
    }

    @Test
    void anotherBucketOrSecretOrKeyIsAnotherConnection() {
        fixtures.script.put("second", "a.txt", ScriptedFiles.Draft.of("a"));
        Connection first = made(settings("key", ScriptedSource.SECRET, ScriptedSource.BUCKET));
        Connection bucket = made(settings("key", ScriptedSource.SECRET, "second"));
        Connection key = made(settings("other", ScriptedSource.SECRET, ScriptedSource.BUCKET));

        assertThat(bucket.fresh() && key.fresh()).isTrue();
        assertThat(first.name()).isEqualTo("scripted-elsewhere");
        assertThat(bucket.name()).isEqualTo("scripted-second");
        assertThat(key.name()).isEqualTo("scripted-elsewhere-2");
        assertThatThrownBy(() -> made(settings("key", "another secret", ScriptedSource.BUCKET)))
                .as("it is not taken for the one whose secret is right")
                .asInstanceOf(type(WaybillException.class))
                .returns(ErrorCode.CONNECTION_FAILED, WaybillException::code)
                .satisfies(failure -> assertThat(failure.details()).containsEntry("diagnosis", "INVALID_CREDENTIALS"));
    }

    @Test
    void whateverElseIsSetMakesAnotherConnectionToo() {
        Map<String, Object> plain = settings("key", ScriptedSource.SECRET, ScriptedSource.BUCKET);
        Connection first = made(plain);

        for (String setting : List.of("prefix", "external_id", "request_payer", "verify_ssl")) {
            Map<String, Object> more = settings("key", ScriptedSource.SECRET, ScriptedSource.BUCKET);
            more.put(setting, setting.equals("verify_ssl") ? false : "videos");
            Connection other = made(more);

            assertThat(other.id()).as(setting).isNotEqualTo(first.id());
            assertThat(made(more).id()).as(setting).isEqualTo(other.id());
        }
        assertThat(made(plain).id()).isEqualTo(first.id());
    }

    @Test
    void anArchivedOneIsNotUsedAgain() {
        Connection first = fixtures.made("Raw footage");
        fixtures.service.archive(caller(Permission.ADMIN), "Raw footage");

        assertThat(fixtures.made("Raw footage").id()).isNotEqualTo(first.id());
    }

    @Test
    void findOrCreateNeedsThePermissionToCreateConnections() {
        fixtures.made("Raw footage");

        assertThatThrownBy(() -> connections.findOrCreate(
                        caller(Permission.READ, Permission.WRITE),
                        ScriptedSource.PROVIDER,
                        ScriptedSource.settings(),
                        null,
                        "body.connection"))
                .asInstanceOf(type(WaybillException.class))
                .returns(ErrorCode.FORBIDDEN, WaybillException::code);
    }

    @Test
    void aFreshConnectionIsDiscardedAndNoOther() {
        Connection fresh = fixtures.made("Raw footage");
        connections.discard(fixtures.now(fresh));
        assertThat(connections.find(ACME, fresh.id())).as("read, not made").isPresent();

        connections.discard(fresh);
        assertThat(connections.find(ACME, fresh.id())).isEmpty();
    }

    @Test
    void aFreshConnectionThatIsReusedIsNotDiscarded() {
        Connection fresh = fixtures.made("Raw footage");
        fixtures.store.touch(fixtures.store.find(ACME, fresh.id().value()).orElseThrow(), NOON.plusSeconds(1));

        connections.discard(fresh);

        assertThat(connections.find(ACME, fresh.id())).isPresent();
    }

    @Test
    void anUnsupportedProviderIsRefusedWithTheSupportedOnes() {
        for (String name : new String[] {"google_drive", "RSS"}) {
            assertThatThrownBy(() -> connections.findOrCreate(caller(Permission.ADMIN), name, Map.of(), null, "body.x"))
                    .asInstanceOf(type(WaybillException.class))
                    .returns(ErrorCode.UNSUPPORTED, WaybillException::code)
                    .satisfies(
                            failure -> assertThat(failure.details()).containsEntry("supported", List.of("scripted")));
        }
        assertThatThrownBy(() -> connections.findOrCreate(
                        caller(Permission.ADMIN), "punch_cards", Map.of(), null, "body.connection"))
                .asInstanceOf(type(InvalidRequest.class))
                .satisfies(refused ->
                        assertThat(refused.violations().getFirst().location()).isEqualTo(List.of("body", "provider")));
    }

    @Test
    void aFailedTestIsCountedAndASuccessfulOneResetsTheCounter() {
        Connection connection = fixtures.made("Raw footage");
        fixtures.script.on(Call.CHECK).once().fails(Diagnosis.CLOCK_SKEW);

        Probe.Finding failed = fixtures.service.test(caller(Permission.WRITE), "Raw footage");

        assertThat(failed.problem()).isEqualTo("CLOCK_SKEW");
        assertThat(fixtures.now(connection).status()).isEqualTo(ConnectionStatus.FAILED);
        assertThat(fixtures.now(connection).consecutiveFailures()).isOne();
        assertThat(fixtures.now(connection).profile())
                .as("what it could do when it worked is still known")
                .doesNotContainKey("diagnosis");

        fixtures.script.behave();
        assertThat(fixtures.service
                        .test(caller(Permission.WRITE), "Raw footage")
                        .works())
                .isTrue();
        assertThat(fixtures.now(connection).status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(fixtures.now(connection).lastUsedAt()).as("a test is no use").isNull();
    }

    @Test
    void listingOneIsUse() {
        Connection connection = fixtures.made("Raw footage");

        fixtures.browser.files(caller(Permission.READ), "Raw footage", "/", 10);

        assertThat(fixtures.now(connection).lastUsedAt()).isEqualTo(NOON);
    }

    @Test
    void anInlineNameIsValidatedToo() {
        assertThatThrownBy(() -> connections.findOrCreate(
                        caller(Permission.ADMIN),
                        ScriptedSource.PROVIDER,
                        ScriptedSource.settings(),
                        "conn_1",
                        "body.connection"))
                .asInstanceOf(type(InvalidRequest.class))
                .satisfies(refused -> assertThat(refused.violations().getFirst().location())
                        .isEqualTo(List.of("body", "connection", "name")));
    }

    @Test
    void noToStringShowsASecret() {
        Map<String, Object> settings = ScriptedSource.settings();
        Connection connection = fixtures.made("Raw footage");
        ConnectionCreateRequest create =
                new ConnectionCreateRequest("x", ScriptedSource.PROVIDER, settings, null, null, null);
        ConnectionUpdateRequest update = new ConnectionUpdateRequest("x", null, null, null, null, settings, null);
        ConnectionTestRequest test = new ConnectionTestRequest(ScriptedSource.PROVIDER, settings);
        ConnectionEntity stored =
                fixtures.store.find(ACME, connection.id().value()).orElseThrow();

        for (Object one : List.of(
                create,
                create.read(),
                update,
                update.read(),
                test,
                test.read(),
                connection,
                connection.config(),
                stored,
                stored.secrets(),
                ConnectionResponse.of(connection, "s3"))) {
            assertThat(one.toString())
                    .doesNotContain(ScriptedSource.SECRET)
                    .doesNotContain(stored.secrets().getFirst().sealed());
        }
    }

    private Connection made(Map<String, Object> settings) {
        return connections.findOrCreate(
                caller(Permission.ADMIN), ScriptedSource.PROVIDER, settings, null, "body.connection");
    }
}
