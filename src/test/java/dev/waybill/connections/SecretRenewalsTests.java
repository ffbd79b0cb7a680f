package dev.waybill.connections;

import static dev.waybill.connections.ConnectionFixtures.ACME;
import static dev.waybill.connections.ConnectionFixtures.NOON;
import static dev.waybill.connections.ConnectionFixtures.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.waybill.auth.Permission;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Renewal;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.SourceException;
import dev.waybill.testing.Latches;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single-use secrets: one worker exchanges them, and the new ones are stored before anybody uses them. */
class SecretRenewalsTests {

    private static final String SECRET = "credentials.secret_access_key";

    private final ConnectionFixtures fixtures = new ConnectionFixtures();
    private Connection connection;

    @BeforeEach
    void create() {
        connection = fixtures.made("Raw footage");
    }

    @AfterEach
    void stop() {
        fixtures.close();
    }

    @Test
    void renewedSecretsAreStoredEncrypted() {
        Map<String, String> renewed = renewal().renew(stale(ScriptedSource.SECRET), stored -> {
            assertThat(stored).containsEntry(SECRET, ScriptedSource.SECRET);
            return Map.of(SECRET, "the-second-one");
        });

        assertThat(renewed).containsEntry(SECRET, "the-second-one");
        assertThat(stored()).containsEntry(SECRET, "the-second-one");
        assertThat(document().secrets())
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(secret.sealed()).doesNotContain("the-second-one"));
        assertThat(document().secrets() + " " + document())
                .doesNotContain(document().secrets().getFirst().sealed());
        assertThat(document().updatedAt()).as("nobody changed it").isEqualTo(connection.updatedAt());
        assertThat(document().renewed().isGoing(NOON)).isFalse();
    }

    @Test
    void ofManyConcurrentRenewalsOneExchangesTheSecrets() throws Exception {
        AtomicInteger exchanges = new AtomicInteger();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Map<String, String>>> asked = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                asked.add(executor.submit(() -> renewal()
                        .renew(
                                stale(ScriptedSource.SECRET),
                                stored -> Map.of(SECRET, "number-" + exchanges.incrementAndGet()))));
            }
            for (Future<Map<String, String>> each : asked) {
                assertThat(each.get()).containsEntry(SECRET, "number-1");
            }
        }
        assertThat(exchanges).hasValue(1);
    }

    @Test
    void anInterruptedRenewalStillStoresTheNewSecrets() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread stopped = Thread.ofVirtual()
                .start(() -> failure.set(catchThrowable(() -> renewal().renew(stale(ScriptedSource.SECRET), stored -> {
                    asked.countDown();
                    Latches.await(answered);
                    return Map.of(SECRET, "the-second-one");
                }))));
        Latches.await(asked);

        stopped.interrupt();

        assertThat(stopped.join(Duration.ofSeconds(30))).isTrue();
        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refused -> assertThat(refused.passes()).isTrue());
        answered.countDown();
        await().untilAsserted(() -> assertThat(stored()).containsEntry(SECRET, "the-second-one"));
        assertThat(document().renewed().isGoing(NOON)).isFalse();
    }

    @Test
    void aRefusedExchangeReleasesTheLeaseAndLeavesTheSecrets() {
        assertThatThrownBy(() -> renewal().renew(stale(ScriptedSource.SECRET), stored -> {
                    throw new SourceException(Diagnosis.EXPIRED_CREDENTIALS, "It was used elsewhere");
                }))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refused -> assertThat(refused.diagnosis()).isEqualTo(Diagnosis.EXPIRED_CREDENTIALS));

        assertThat(stored()).containsEntry(SECRET, ScriptedSource.SECRET);
        assertThat(renewal().renew(stale(ScriptedSource.SECRET), stored -> Map.of(SECRET, "second")))
                .containsEntry(SECRET, "second");
    }

    @Test
    void theLeaseOfACrashedWorkerExpires() {
        assertThat(fixtures.store.beginRenewal(document(), "somebody-dead", NOON, NOON.plusSeconds(120)))
                .isTrue();
        assertThat(fixtures.store.beginRenewal(document(), "another", NOON, NOON.plusSeconds(120)))
                .isFalse();
        InstantSource later = InstantSource.fixed(NOON.plus(Duration.ofMinutes(5)));
        Renewal afterwards = new SecretRenewals(
                        fixtures.store, new ConnectionSecrets(ConnectionFixtures.SECRETS), later)
                .of(document());

        assertThat(afterwards.renew(stale(ScriptedSource.SECRET), stored -> Map.of(SECRET, "second")))
                .containsEntry(SECRET, "second");
        assertThat(fixtures.store.endRenewal(document(), "somebody-dead", List.of()))
                .as("who was dead comes back")
                .isFalse();
        assertThat(stored()).containsEntry(SECRET, "second");
    }

    @Test
    void settingsReplacedDuringARenewalWin() {
        Map<String, String> renewed = renewal().renew(stale(ScriptedSource.SECRET), stored -> {
            var settings = new ConnectionStore.Settings(
                    document(),
                    document().settings(),
                    new ConnectionSecrets(ConnectionFixtures.SECRETS)
                            .seal(
                                    ACME,
                                    connection.id(),
                                    new dev.waybill.connectors.ConnectorConfig(
                                            "scripted", Map.of(), Map.of(SECRET, "by hand"), "x")),
                    "x",
                    null,
                    false);
            var change = new ConnectionStore.Change(null, null, null, null, settings);
            assertThat(fixtures.store.change(ACME, connection.id(), change, NOON))
                    .isPresent();
            return Map.of(SECRET, "by exchange");
        });

        assertThat(renewed).containsEntry(SECRET, "by hand");
        assertThat(stored()).containsEntry(SECRET, "by hand");
    }

    @Test
    void anUpdateThatKeepsSecretsKeepsTheRenewedOnes() {
        ConnectionEntity before = document();
        renewal().renew(stale(ScriptedSource.SECRET), stored -> Map.of(SECRET, ScriptedSource.SECRET + "-2"));
        var stale = new ConnectionStore.Settings(before, before.settings(), before.secrets(), "x", null, false);

        assertThat(fixtures.store.change(
                        ACME, connection.id(), new ConnectionStore.Change(null, null, null, null, stale), NOON))
                .as("of what was read before")
                .isEmpty();
        assertThat(stored()).containsEntry(SECRET, ScriptedSource.SECRET + "-2");
    }

    @Test
    void anArchivedConnectionIsNotRenewed() {
        fixtures.service.archive(caller(Permission.DELETE), connection.id().value());

        assertThatThrownBy(() -> renewal().renew(stale(ScriptedSource.SECRET), stored -> Map.of(SECRET, "second")))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        refused -> assertThat(refused.diagnosis()).isEqualTo(Diagnosis.INVALID_CREDENTIALS));
    }

    private Renewal renewal() {
        return fixtures.secretRenewals.of(document());
    }

    private ConnectionEntity document() {
        return fixtures.store.find(ACME, connection.id().value()).orElseThrow();
    }

    private Map<String, String> stored() {
        return new ConnectionSecrets(ConnectionFixtures.SECRETS)
                .open(document())
                .secrets();
    }

    private static Predicate<Map<String, String>> stale(String secret) {
        return stored -> secret.equals(stored.get(SECRET));
    }
}
