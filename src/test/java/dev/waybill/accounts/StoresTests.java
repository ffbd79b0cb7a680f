package dev.waybill.accounts;

import static dev.waybill.accounts.AuthMongo.ACME;
import static dev.waybill.accounts.AuthMongo.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.auth.Secret;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.query.Sort;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import dev.waybill.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

@OnEveryDatabase
class StoresTests {

    private static final IntFunction<ListQuery> NEWEST =
            limit -> ListQuery.first(limit, Sort.descending("created_at")).withTotal();

    private static final OrganizationId OTHER = new OrganizationId("org_other");

    private final AuthMongo stores;

    StoresTests(Databases where) {
        stores = new AuthMongo(where);
    }

    private final UserEntity ada = AuthMongo.user("Ada@Example.com", UserRole.ADMIN);
    private final UserEntity bob = AuthMongo.user("bob@example.com", UserRole.MEMBER);
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
    void anAddressIsUniqueInEachOrganization() {
        stores.users.insert(ada);

        assertThat(stores.users.insert(AuthMongo.user("ada@example.com", UserRole.VIEWER)))
                .isFalse();
    }

    @Test
    void usersAreListedByRoleAndStatusInPages() {
        stores.users.insert(ada);
        stores.users.insert(bob);

        assertThat(listed(ACME, ListUsersRequest.EVERYBODY, 1).items()).hasSize(1);
        assertThat(listed(ACME, ListUsersRequest.EVERYBODY, 1).total()).isEqualTo(2);
        assertThat(listed(ACME, new ListUsersRequest(UserRole.MEMBER, UserStatus.ACTIVE, null), 10)
                        .items())
                .containsExactly(bob);
        assertThat(listed(ACME, new ListUsersRequest(null, UserStatus.SUSPENDED, null), 10)
                        .total())
                .isZero();
        assertThat(listed(OTHER, ListUsersRequest.EVERYBODY, 10).total()).isZero();
    }

    private Page<UserEntity> listed(OrganizationId organization, ListUsersRequest request, int limit) {
        return stores.users.list(organization, request, NEWEST.apply(limit));
    }

    @Test
    void anUpdateLeavesAbsentFieldsUnchanged() {
        stores.users.insert(ada);

        Optional<UserEntity> changed = stores.users.update(
                ada,
                new UserUpdateRequest(null, Change.none(), UserRole.VIEWER, null, Change.to(Map.of("team", "x"))),
                NOW.plusSeconds(5));

        assertThat(changed).hasValueSatisfying(user -> {
            assertThat(user.userName()).isEqualTo("Ada");
            assertThat(user.role()).isEqualTo(UserRole.VIEWER);
            assertThat(user.metadata()).containsEntry("team", "x");
            assertThat(user.updatedAt()).isEqualTo(NOW.plusSeconds(5));
        });
    }

    @Test
    void aKeyIsReadBackAsItWasWritten() {
        ApiKeyEntity key = AuthMongo.key(ada, "ingest", secret);
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
        ApiKeyEntity key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);
        assertThat(stores.keys.insert(renamed("key_2", "ingest"))).isFalse();

        stores.keys.revoke(key, "usr_x", NOW);

        assertThat(stores.keys.insert(renamed("key_2", "ingest"))).isTrue();
        assertThat(stores.keys.find(ACME, ada.userId(), "ingest"))
                .hasValueSatisfying(found -> assertThat(found.keyId()).isEqualTo("key_2"));
        assertThat(stores.keys.active(ACME, ada.userId())).hasSize(1);
        assertThat(stores.keys.page(ACME, ada.userId(), false, NEWEST.apply(10)).total())
                .isEqualTo(1);
        assertThat(stores.keys.page(ACME, ada.userId(), true, NEWEST.apply(10)).total())
                .isEqualTo(2);
    }

    @Test
    void aKeyCannotTakeTheNameOfAnother() {
        stores.keys.insert(AuthMongo.key(ada, "ingest", secret));
        ApiKeyEntity other = renamed("key_2", "other");
        stores.keys.insert(other);

        assertThatThrownBy(() -> stores.keys.update(
                        other,
                        new ApiKeyUpdateRequest(
                                "ingest", Change.none(), null, null, Change.none(), Change.none(), null)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void anUpdateOfAKeyLeavesAbsentFieldsUnchanged() {
        ApiKeyEntity key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);

        ApiKeyEntity changed = stores.keys
                .update(
                        key,
                        new ApiKeyUpdateRequest(
                                "renamed",
                                Change.to("why"),
                                List.of(Permission.WRITE),
                                List.of(),
                                Change.to(7),
                                Change.to(NOW),
                                null))
                .orElseThrow();

        assertThat(changed.name()).isEqualTo("renamed");
        assertThat(changed.permissions()).containsExactly(Permission.WRITE);
        assertThat(changed.scopes()).isEmpty();
        assertThat(changed.rateLimitOverride()).isEqualTo(7);
        assertThat(changed.keyHash()).isEqualTo(key.keyHash());
        assertThat(stores.keys.find(ACME, ada.userId(), "ingest")).isEmpty();
        assertThat(stores.keys.find(ACME, ada.userId(), "renamed")).isPresent();
    }

    @Test
    void aRevokedKeyTakesNoChange() {
        ApiKeyEntity key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);
        stores.keys.revoke(key, "usr_x", NOW);

        assertThat(stores.keys.revoke(key, "usr_y", NOW)).isEmpty();
        assertThat(stores.keys.rotate(key, "h", "sk_1234567")).isEmpty();
        assertThat(stores.keys.update(
                        key,
                        new ApiKeyUpdateRequest("n", Change.none(), null, null, Change.none(), Change.none(), null)))
                .isEmpty();
    }

    @Test
    void rotationReplacesTheHashOnceAndKeepsTheRest() {
        ApiKeyEntity key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);

        assertThat(stores.keys.rotate(key, "another", "sk_123456789")).isPresent();
        assertThat(stores.keys.rotate(key, "too late", "sk_123456789")).isEmpty();

        assertThat(stores.keys.findByHash(key.keyHash())).isEmpty();
        assertThat(stores.keys.findByHash("another")).hasValueSatisfying(rotated -> {
            assertThat(rotated.keyId()).isEqualTo(key.keyId());
            assertThat(rotated.name()).isEqualTo("ingest");
        });
    }

    @Test
    void aUseIsRecordedUnlessOneWasRecordedShortlyBefore() {
        ApiKeyEntity key = AuthMongo.key(ada, "ingest", secret);
        stores.keys.insert(key);

        stores.keys.touch(key.keyId(), NOW, NOW.minusSeconds(60));
        stores.keys.touch(key.keyId(), NOW.plusSeconds(30), NOW.minusSeconds(30));
        assertThat(stores.keys.findByHash(key.keyHash()).orElseThrow().lastUsedAt())
                .isEqualTo(NOW);

        stores.keys.touch(key.keyId(), NOW.plusSeconds(61), NOW.plusSeconds(1));
        assertThat(stores.keys.findByHash(key.keyHash()).orElseThrow().lastUsedAt())
                .isEqualTo(NOW.plus(Duration.ofSeconds(61)));
    }

    @Test
    void anOrganizationIsReadBackAndIsNotWrittenTwice() {
        OrganizationEntity acme = acme("Acme", "usr_1");

        assertThat(stores.organizations.insert(acme)).isTrue();
        assertThat(stores.organizations.insert(acme("Else", "usr_2"))).isFalse();
        assertThat(stores.organizations.find(ACME)).contains(acme);
    }

    @Race
    void theLastAdminStaysUnderConcurrentRequests() throws Exception {
        stores.organizations.insert(acme("Acme", "usr_0"));
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

    private static OrganizationEntity acme(String name, String admin) {
        return new OrganizationEntity(ACME.value(), name, Plan.PRO, 10L, List.of(admin), NOW);
    }

    private ApiKeyEntity renamed(String keyId, String name) {
        ApiKeyEntity key = AuthMongo.key(ada, name, AuthMongo.secret());
        return new ApiKeyEntity(
                keyId,
                key.keyHash(),
                key.keyPrefix(),
                key.organizationId(),
                key.userId(),
                key.userEmail(),
                name,
                key.nameClaim(),
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
