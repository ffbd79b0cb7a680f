package dev.waybill.connections;

import static dev.waybill.connections.ConnectionFixtures.ACME;
import static dev.waybill.connections.ConnectionFixtures.NOON;
import static dev.waybill.connections.ConnectionFixtures.OTHER;
import static dev.waybill.connections.ConnectionFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connections.ConnectionStore.Change;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@OnEveryDatabase
class ConnectionStoreTests {

    private static final ConnectionId ID = new ConnectionId("conn_000000000000001");
    private static final String SECOND = "conn_000000000000002";
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final List<ConnectionStatus> ALL = Arrays.asList(ConnectionStatus.values());

    private final TestMongo mongo;
    private final ConnectionStore store;

    ConnectionStoreTests(Databases where) {
        mongo = new TestMongo(where, ConnectionEntity.class);
        store = new ConnectionStore(mongo.template(), mongo.pages());
        assertThat(store.insert(document(ACME, ID.value(), "Raw footage"))).isTrue();
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void whatIsStoredComesBackTheSame() {
        ConnectionEntity found = found();

        assertThat(found).isEqualTo(document(ACME, ID.value(), "Raw footage"));
        assertThat(store.find(ACME, "Raw footage")).contains(found);
        assertThat(found.toConnection().config().masked())
                .containsEntry("headers", Map.of("X.Dotted", "yes"))
                .containsEntry("credentials", Map.of("secret_access_key", "*".repeat(40)));
    }

    @Test
    void aNameIsUniquePerOrganization() {
        assertThat(store.insert(document(ACME, SECOND, "Raw footage"))).isFalse();
        assertThat(store.insert(document(OTHER, SECOND, "Raw footage"))).isTrue();
        assertThat(store.insert(document(ACME, SECOND, "raw footage"))).isTrue();
        assertThatThrownBy(() -> store.change(ACME, ID, new Change("raw footage", null, null, null, null), LATER))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void nothingIsFoundOfAnotherOrganization() {
        assertThat(store.find(OTHER, ID.value())).isEmpty();
        assertThat(store.find(OTHER, "Raw footage")).isEmpty();
        assertThat(store.change(OTHER, ID, new Change("x", null, null, null, null), LATER))
                .isEmpty();
        assertThat(store.archive(OTHER, ID, LATER)).isEmpty();
        assertThat(store.failed(OTHER, ID, "x", 1)).isFalse();
        store.succeeded(OTHER, ID, null, LATER);
        store.removeUntouched(OTHER, ID, NOON);
        assertThat(store.findByIdentity(OTHER, "scripted", "scripted key")).isEmpty();
        assertThat(found()).isEqualTo(document(ACME, ID.value(), "Raw footage"));
    }

    @Test
    void anArchivedOneIsFoundByItsIdOnlyAndStaysAsItIs() {
        assertThat(store.archive(ACME, ID, LATER).orElseThrow().status()).isEqualTo(ConnectionStatus.ARCHIVED);

        assertThat(store.find(ACME, "Raw footage")).isEmpty();
        assertThat(found().name()).isEqualTo("Raw footage");
        assertThat(store.insert(document(ACME, SECOND, "Raw footage"))).isTrue();
        assertThat(store.change(ACME, ID, new Change(null, null, null, ConnectionStatus.ACTIVE, null), LATER))
                .isEmpty();
        assertThat(store.failed(ACME, ID, "x", 1)).isFalse();
        store.succeeded(ACME, ID, null, LATER);
        assertThat(store.archive(ACME, ID, LATER.plusSeconds(1)).orElseThrow().updatedAt())
                .isEqualTo(LATER);
        assertThat(found().status()).isEqualTo(ConnectionStatus.ARCHIVED);
        assertThat(found().lastUsedAt()).isNull();
    }

    @Test
    void oneFailureMakesItFailedAndOneSuccessActive() {
        assertThat(store.failed(ACME, ID, "NETWORK: away", 5)).isFalse();
        assertThat(found().status()).isEqualTo(ConnectionStatus.FAILED);
        assertThat(found().lastError()).isEqualTo("NETWORK: away");
        assertThat(found().consecutiveFailures()).isOne();

        store.succeeded(ACME, ID, Map.of("endpoint", "memory"), null);

        assertThat(found().status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(found().lastError()).isNull();
        assertThat(found().consecutiveFailures()).isZero();
        assertThat(found().lastUsedAt()).isNull();
        assertThat(found().profile()).isEqualTo(Map.of("endpoint", "memory"));

        store.succeeded(ACME, ID, null, LATER);
        assertThat(found().lastUsedAt()).isEqualTo(LATER);
        assertThat(found().profile()).isNotNull();
        assertThat(found().updatedAt()).as("nobody changed it").isEqualTo(NOON);
    }

    @Test
    void theFifthFailureInARowSuspendsItOnceEvenIfTheyAreConcurrent() {
        long suspended = IntStream.range(0, 12)
                .parallel()
                .filter(i -> store.failed(ACME, ID, "NETWORK: away", 5))
                .count();

        assertThat(suspended).isOne();
        assertThat(found().status()).isEqualTo(ConnectionStatus.SUSPENDED);
        assertThat(found().consecutiveFailures()).isEqualTo(12);
        store.succeeded(ACME, ID, null, LATER);
        assertThat(found().status()).as("only people allow it again").isEqualTo(ConnectionStatus.SUSPENDED);
    }

    @Test
    void fourFailuresAndASuccessAndFourFailuresDoNot() {
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, 4)
                    .forEach(i -> assertThat(store.failed(ACME, ID, "x", 5)).isFalse());
            store.succeeded(ACME, ID, null, LATER);
        }
        assertThat(found().status()).isEqualTo(ConnectionStatus.ACTIVE);
    }

    @Test
    void settingItActiveResetsItsFailures() {
        IntStream.range(0, 5).forEach(i -> store.failed(ACME, ID, "x", 5));

        ConnectionEntity after = store.change(
                        ACME, ID, new Change(null, null, null, ConnectionStatus.ACTIVE, null), LATER)
                .orElseThrow();

        assertThat(after.status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(after.consecutiveFailures()).isZero();
        assertThat(after.lastError()).isNull();
    }

    @Test
    void onlyWhatIsNamedChanges() {
        ConnectionEntity after = store.change(ACME, ID, new Change(null, "", Map.of(), null, null), LATER)
                .orElseThrow();

        assertThat(after.description()).isNull();
        assertThat(after.metadata()).isEmpty();
        assertThat(after.name()).isEqualTo("Raw footage");
        assertThat(after.settings()).isEqualTo(found().settings()).isNotEmpty();
        assertThat(after.updatedAt()).isEqualTo(LATER);
    }

    @Test
    void testedSettingsMakeItActive() {
        store.failed(ACME, ID, "x", 5);
        var settings = new ConnectionStore.Settings(
                found(),
                Map.of("bucket_name", "other"),
                List.of(),
                "scripted other",
                Map.of("endpoint", "memory"),
                true);

        ConnectionEntity after = store.change(ACME, ID, new Change(null, null, null, null, settings), LATER)
                .orElseThrow();

        assertThat(after.status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(after.secrets()).isEmpty();
        assertThat(after.identity()).isEqualTo("scripted other");
    }

    @Test
    void onlyAnUntouchedConnectionIsRemoved() {
        store.touch(found(), LATER);
        store.removeUntouched(ACME, ID, NOON);
        assertThat(store.find(ACME, ID.value())).isPresent();

        store.removeUntouched(ACME, ID, LATER);
        assertThat(store.find(ACME, ID.value())).isEmpty();
    }

    @Test
    void aPageIsFilteredByProvidersAndStatuses() {
        store.insert(document(ACME, SECOND, "Second"));
        store.failed(ACME, ID, "x", 5);

        assertThat(names(null, ALL)).containsExactly("Second", "Raw footage");
        assertThat(names(null, List.of(ConnectionStatus.FAILED))).containsExactly("Raw footage");
        assertThat(names(List.of("scripted"), ALL)).hasSize(2);
        assertThat(names(List.of("s3"), ALL)).isEmpty();
        assertThat(names(List.of(), ALL)).isEmpty();
        assertThat(names(null, List.of())).isEmpty();
    }

    private List<String> names(List<String> providers, List<ConnectionStatus> statuses) {
        ListQuery query = ListQuery.first(10, Sort.descending("connection_id"));
        return store.page(ACME, providers, statuses, query, ConnectionService.FIELDS).items().stream()
                .map(ConnectionEntity::name)
                .toList();
    }

    private ConnectionEntity found() {
        return store.find(ACME, ID.value()).orElseThrow();
    }
}
