package dev.waybill.connections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Plan;
import dev.waybill.connections.ConnectionEntity.SealedSecret;
import dev.waybill.connectors.Connectors;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.secrets.Secrets;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.testing.Databases;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** The module's services, wired by hand on a database of its own and a scripted storage. */
final class ConnectionFixtures implements AutoCloseable {

    static final OrganizationId ACME = new OrganizationId("org_acme");
    static final OrganizationId OTHER = new OrganizationId("org_other");
    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    /** Encodes instead of encrypting, but binds each secret to its context as the real one does. */
    static final Secrets SECRETS = new Secrets() {
        @Override
        public String seal(String secret, String context) {
            return Base64.getEncoder().encodeToString((context + "|" + secret).getBytes());
        }

        @Override
        public String open(String sealed, String context) {
            String text = new String(Base64.getDecoder().decode(sealed));
            if (!text.startsWith(context + "|")) {
                throw new IllegalStateException("a secret that belongs elsewhere");
            }
            return text.substring(context.length() + 1);
        }
    };

    final ScriptedSource script = new ScriptedSource();
    final List<String> calls = new ArrayList<>();
    final ConnectionStore store;
    final Connections connections;
    final ConnectionBrowser browser;
    final ConnectionService service;
    final SecretRenewals secretRenewals;
    private final TestMongo mongo = new TestMongo(Databases.STAND_IN, ConnectionEntity.class);

    ConnectionFixtures() {
        InstantSource clock = InstantSource.fixed(NOON);
        store = new ConnectionStore(mongo.template(), mongo.pages());
        ConnectionSecrets secrets = new ConnectionSecrets(SECRETS);
        Providers providers = new Providers(new Connectors(List.of(script)));
        Probe probe = new Probe(clock);
        ConnectionCreation made = new ConnectionCreation(store, secrets, probe, new IdGenerator(clock), clock);
        ConnectionHealth health = new ConnectionHealth(
                store,
                new StaticListableBeanFactory(Map.of("users", new Remembered()))
                        .getBeanProvider(ConnectionUsers.class));
        secretRenewals = new SecretRenewals(store, secrets, clock);
        connections = new Connections(store, secrets, secretRenewals, health, providers, made);
        browser = new ConnectionBrowser(connections, clock);
        service = new ConnectionService(store, made, secrets, secretRenewals, health, providers, probe, clock);
    }

    /** Records the calls to the users of connections. */
    private final class Remembered implements ConnectionUsers {

        @Override
        public void archived(OrganizationId organization, ConnectionId connection) {
            calls.add("archived " + connection);
        }

        @Override
        public void suspended(OrganizationId organization, ConnectionId connection) {
            calls.add("suspended " + connection);
        }
    }

    static Caller caller(Permission... permissions) {
        return new Caller(ACME, "usr_1", "key_1", Set.of(permissions), List.of(), Plan.values()[0], null, false);
    }

    static Map<String, Object> settings(String keyId, String secret, String bucket) {
        return new LinkedHashMap<>(Map.of(
                "bucket_name",
                bucket,
                "credentials",
                Map.of("type", "access_key", "access_key_id", keyId, "secret_access_key", secret)));
    }

    /** One that works. */
    Connection made(String name) {
        return connections.findOrCreate(
                caller(Permission.ADMIN), ScriptedSource.PROVIDER, ScriptedSource.settings(), name, "body.config");
    }

    Connection now(Connection connection) {
        return connections.require(connection.organization(), connection.id().value());
    }

    static ConnectionEntity document(OrganizationId organization, String id, String name) {
        return new ConnectionEntity(
                organization.key(id),
                organization,
                id,
                name,
                name,
                "scripted",
                Map.of("bucket_name", "elsewhere", "headers", Map.of("X.Dotted", "yes")),
                List.of(new SealedSecret("credentials.secret_access_key", "sealed")),
                "scripted key",
                "Old",
                Map.of("team", "film"),
                ConnectionStatus.ACTIVE,
                null,
                null,
                null,
                0,
                NOON,
                NOON,
                "usr_1",
                null);
    }

    @Override
    public void close() {
        mongo.close();
    }
}
