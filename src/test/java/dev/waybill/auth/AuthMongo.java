package dev.waybill.auth;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.waybill.local.LocalMongo;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.IndexDeclaration;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.springframework.data.mapping.model.SnakeCaseFieldNamingStrategy;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** The stores of this room over a database of its own, and things to put into them. */
final class AuthMongo implements AutoCloseable {

    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final IdGenerator IDS = new IdGenerator(InstantSource.fixed(NOW));
    static final OrganizationId ACME = new OrganizationId("org_acme");

    private final LocalMongo server = LocalMongo.start(null, 0);
    private final MongoClient client = MongoClients.create(server.uri());
    final MongoTemplate mongo = template(client);
    final OrganizationStore organizations = new OrganizationStore(mongo);
    final UserStore users = new UserStore(mongo);
    final ApiKeyStore keys = new ApiKeyStore(mongo);

    AuthMongo() {
        createIndexes(mongo);
    }

    static void createIndexes(MongoTemplate mongo) {
        AuthIndexes indexes = new AuthIndexes();
        for (IndexDeclaration declared : List.of(indexes.userIndexes(), indexes.apiKeyIndexes())) {
            declared.indexes().forEach(mongo.indexOps(declared.collection())::createIndex);
        }
    }

    private static MongoTemplate template(MongoClient client) {
        MongoCustomConversions conversions = new MongoCustomConversions(List.of());
        MongoMappingContext context = new MongoMappingContext();
        context.setFieldNamingStrategy(new SnakeCaseFieldNamingStrategy());
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        context.afterPropertiesSet();
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.afterPropertiesSet();
        return new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "waybill"), converter);
    }

    static Secret secret() {
        return KeySecrets.next(IDS);
    }

    static User user(String email, UserRole role) {
        return new User(
                ACME, "usr_" + email.hashCode(), email, "Ada", null, role, UserStatus.ACTIVE, Map.of(), NOW, NOW);
    }

    static ApiKey key(User user, String name, Secret secret) {
        return new ApiKey(
                "key_" + Math.abs((user.userId() + name).hashCode()),
                KeySecrets.hash(secret),
                KeySecrets.shownPrefix(secret),
                user.organization(),
                user.userId(),
                user.email(),
                name,
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
        client.close();
        server.close();
    }
}
