package dev.waybill.accounts;

import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ResourceScope;
import dev.waybill.auth.Secret;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoTemplate;

/** The stores of this module over a database of its own, and test data for them. */
final class AuthMongo implements AutoCloseable {

    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final IdGenerator IDS = new IdGenerator(InstantSource.fixed(NOW));
    static final OrganizationId ACME = new OrganizationId("org_acme");

    private final TestMongo database;
    final MongoTemplate mongo;
    final OrganizationStore organizations;
    final UserStore users;
    final ApiKeyStore keys;

    AuthMongo(Databases where) {
        database = new TestMongo(where);
        mongo = database.template();
        organizations = new OrganizationStore(mongo);
        users = new UserStore(mongo, database.pages());
        keys = new ApiKeyStore(mongo, database.pages());
        createIndexes(mongo);
    }

    static void createIndexes(MongoTemplate mongo) {
        TestMongo.createIndexes(mongo, UserEntity.class, ApiKeyEntity.class);
    }

    static Secret secret() {
        return KeySecrets.next(IDS);
    }

    static UserEntity user(String email, UserRole role) {
        return UserEntity.of(ACME, "usr_" + email.hashCode(), email, "Ada", null, role, Map.of(), NOW);
    }

    static ApiKeyEntity key(UserEntity user, String name, Secret secret) {
        return new ApiKeyEntity(
                "key_" + Math.abs((user.userId() + name).hashCode()),
                KeySecrets.hash(secret),
                KeySecrets.shownPrefix(secret),
                user.organizationId(),
                user.userId(),
                user.email(),
                name,
                ApiKeyEntity.claim(user.userId(), name),
                "",
                EnumSet.of(Permission.READ),
                List.of(new ResourceScope("namespace", "prod-*", List.of("read_data"))),
                null,
                KeyStatus.ACTIVE,
                null,
                null,
                NOW,
                "usr_x",
                null,
                null,
                false);
    }

    @Override
    public void close() {
        database.close();
    }
}
