package dev.waybill.auth;

import static dev.waybill.auth.AuthMongo.ACME;
import static dev.waybill.auth.AuthMongo.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import dev.waybill.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@OnEveryDatabase
class StoresTests {

    private static final OrganizationId OTHER = new OrganizationId("org_other");

    private final AuthMongo stores;

    StoresTests(Databases where) {
        stores = new AuthMongo(where);
    }

    private final User ada = AuthMongo.user("Ada@Example.com", UserRole.ADMIN);
    private final User bob = AuthMongo.user("bob@example.com", UserRole.MEMBER);
    private final Secret secret = AuthMongo.secret();

    @AfterEach
    void stop() {
        stores.close();
    }

    @Test
    void aUserIsFoundByTheAddressInAnyCaseAndOnlyInItsOrganization() {
        assertThat(stores.users.insert(ada)).isTrue();

        assertThat(stores.users.find(ACME, "ADA@example.COM")).contains(ada);
        assertThat(stores.users.find(OTHER, "ada@example.com")).isEmpty();
    }

    @Test
    void anAddressIsTakenOnceInEachOrganization() {
        stores.users.insert(ada);

        assertThat(stores.users.insert(AuthMongo.user("ada@example.com", UserRole.VIEWER)))
                .isFalse();
    }

    @Test
    void usersAreListedByRoleAndStatusInPages() {
        stores.users.insert(ada);
        stores.users.insert(bob);

        assertThat(stores.users.list(ACME, null, null, 0, 1).users()).hasSize(1);
        assertThat(stores.users.list(ACME, null, null, 0, 1).total()).isEqualTo(2);
        assertThat(stores.users
                        .list(ACME, UserRole.MEMBER, UserStatus.ACTIVE, 0, 10)
                        .users())
                .containsExactly(bob);
        assertThat(stores.users.list(ACME, null, UserStatus.SUSPENDED, 0, 10).total())
                .isZero();
        assertThat(stores.users.list(OTHER, null, null, 0, 10).total()).isZero();
    }

    @Test
    void aChangeLeavesWhatItDoesNotName() {
        stores.users.insert(ada);

        Optional<User> changed = stores.users.update(
                ada, new UserUpdateRequest(null, null, UserRole.VIEWER, null, Map.of("team", "x")), NOW.plusSeconds(5));

        assertThat(changed).hasValueSatisfying(user -> {
            assertThat(user.name()).isEqualTo("Ada");
            assertThat(user.role()).isEqualTo(UserRole.VIEWER);
            assertThat(user.metadata()).containsEntry("team", "x");
            assertThat(user.updatedAt()).isEqualTo(NOW.plusSeconds(5));
        });
    }

    @Test
    void aKeyComesBackAsItWasWritten() {
        ApiKey key = AuthMongo.key(ada, "ingest", secret);
        assertThat(stores.keys.insert(key)).isTrue();

        assertThat(stores.keys.findByHash(KeySecrets.hash(secret))).contains(key);
        assertThat(stores.keys.find(ACME, ada.userId(), "ingest")).contains(key);
        assertThat(stores.keys.find(ACME, ada.userId(), key.keyId())).contains(key);
        assertThat(stores.keys.find(OTHER, ada.userId(), "ingest")).isEmpty();
        assertThat(stores.keys.find(ACME, bob.userId(), key.keyId())).isEmpty();
    }

    @Test
    void theSecretIsNowhereInTheDatabase() {
        stores.keys.insert(AuthMongo.key(ada, "ingest", secret));

        assertThat(stores.mongo.getCollection("api_keys").find().first().toJson())
                .doesNotContain(secret.value())
                .doesNotContain(secret.value().substring(13));
    }

    @Test
    void aNameIsTakenWhileItsKeyIsActive() {
        ApiKey key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);
        assertThat(stores.keys.insert(renamed("key_2", "ingest"))).isFalse();

        stores.keys.revoke(key, "usr_x", NOW);

        assertThat(stores.keys.insert(renamed("key_2", "ingest"))).isTrue();
        assertThat(stores.keys.find(ACME, ada.userId(), "ingest"))
                .hasValueSatisfying(found -> assertThat(found.keyId()).isEqualTo("key_2"));
        assertThat(stores.keys.list(ACME, ada.userId(), false)).hasSize(1);
        assertThat(stores.keys.list(ACME, ada.userId(), true)).hasSize(2);
    }

    @Test
    void aKeyCannotTakeTheNameOfAnother() {
        stores.keys.insert(AuthMongo.key(ada, "ingest", secret));
        ApiKey other = renamed("key_2", "other");
        stores.keys.insert(other);

        assertThatThrownBy(() -> stores.keys.update(other, new ApiKeyChange("ingest", null, null, null, null, null)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aChangeOfAKeyLeavesWhatItDoesNotName() {
        ApiKey key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);

        ApiKey changed = stores.keys
                .update(key, new ApiKeyChange("renamed", "why", Set.of(Permission.WRITE), List.of(), 7, NOW))
                .orElseThrow();

        assertThat(changed.name()).isEqualTo("renamed");
        assertThat(changed.permissions()).containsExactly(Permission.WRITE);
        assertThat(changed.scopes()).isEmpty();
        assertThat(changed.rateLimitOverride()).isEqualTo(7);
        assertThat(changed.hash()).isEqualTo(key.hash());
        assertThat(stores.keys.find(ACME, ada.userId(), "ingest")).isEmpty();
        assertThat(stores.keys.find(ACME, ada.userId(), "renamed")).isPresent();
    }

    @Test
    void aRevokedKeyTakesNoChange() {
        ApiKey key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);
        stores.keys.revoke(key, "usr_x", NOW);

        assertThat(stores.keys.revoke(key, "usr_y", NOW)).isEmpty();
        assertThat(stores.keys.rotate(key, "h", "sk_1234567")).isEmpty();
        assertThat(stores.keys.update(key, new ApiKeyChange("n", null, null, null, null, null)))
                .isEmpty();
    }

    @Test
    void rotationReplacesTheHashOnceAndKeepsTheRest() {
        ApiKey key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);

        assertThat(stores.keys.rotate(key, "another", "sk_123456789")).isPresent();
        assertThat(stores.keys.rotate(key, "too late", "sk_123456789")).isEmpty();

        assertThat(stores.keys.findByHash(key.hash())).isEmpty();
        assertThat(stores.keys.findByHash("another")).hasValueSatisfying(rotated -> {
            assertThat(rotated.keyId()).isEqualTo(key.keyId());
            assertThat(rotated.name()).isEqualTo("ingest");
        });
    }

    @Test
    void aUseIsNotedUnlessOneWasNotedShortlyBefore() {
        ApiKey key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);

        stores.keys.touch(key.keyId(), NOW, NOW.minusSeconds(60));
        stores.keys.touch(key.keyId(), NOW.plusSeconds(30), NOW.minusSeconds(30));
        assertThat(stores.keys.findByHash(key.hash()).orElseThrow().lastUsedAt())
                .isEqualTo(NOW);

        stores.keys.touch(key.keyId(), NOW.plusSeconds(61), NOW.plusSeconds(1));
        assertThat(stores.keys.findByHash(key.hash()).orElseThrow().lastUsedAt())
                .isEqualTo(NOW.plus(Duration.ofSeconds(61)));
    }

    @Test
    void anOrganizationComesBackAndIsNotWrittenTwice() {
        Organization acme = new Organization(ACME, "Acme", Plan.PRO, 10L, NOW);

        assertThat(stores.organizations.insert(acme, "usr_1")).isTrue();
        assertThat(stores.organizations.insert(new Organization(ACME, "Else", Plan.FREE, null, NOW), "usr_2"))
                .isFalse();
        assertThat(stores.organizations.find(ACME)).contains(acme);
    }

    @Race
    void theLastAdminStaysWhoeverAsksAndHoweverOften() throws Exception {
        stores.organizations.insert(new Organization(ACME, "Acme", Plan.PRO, null, NOW), "usr_0");
        IntStream.range(1, 8).forEach(i -> stores.organizations.addAdmin(ACME, "usr_" + i));

        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> removals = IntStream.range(0, 8)
                    .mapToObj(i -> (Callable<Boolean>) () -> stores.organizations.removeAdmin(ACME, "usr_" + i))
                    .toList();
            long refused = threads.invokeAll(removals).stream()
                    .filter(done -> !done.resultNow())
                    .count();
            assertThat(refused).isOne();
        }
        assertThat(stores.organizations.removeAdmin(ACME, "usr_nobody")).isTrue();
    }

    private ApiKey renamed(String keyId, String name) {
        ApiKey key = AuthMongo.key(ada, name, AuthMongo.secret());
        return new ApiKey(
                keyId,
                key.hash(),
                key.prefix(),
                key.organization(),
                key.userId(),
                key.userEmail(),
                name,
                "",
                key.permissions(),
                key.scopes(),
                null,
                KeyStatus.ACTIVE,
                null,
                null,
                NOW.plusSeconds(1),
                null,
                null,
                null,
                false);
    }
}
