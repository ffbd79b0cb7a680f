package dev.waybill.connections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connections that others build on. */
@Component
public class Connections {

    /** What scopes of keys call them. */
    static final String TYPE = "storage_connection";

    private final ConnectionStore store;
    private final ConnectionSecrets secrets;
    private final SecretRenewals secretRenewals;
    private final ConnectionHealth health;
    private final Providers providers;
    private final ConnectionCreation made;

    Connections(
            ConnectionStore store,
            ConnectionSecrets secrets,
            SecretRenewals secretRenewals,
            ConnectionHealth health,
            Providers providers,
            ConnectionCreation made) {
        this.store = store;
        this.secrets = secrets;
        this.secretRenewals = secretRenewals;
        this.health = health;
        this.providers = providers;
        this.made = made;
    }

    /**
     * By its id, archived ones too, or its name.
     *
     * @throws WaybillException 404
     */
    public Connection require(OrganizationId organization, String idOrName) {
        return store.find(organization, idOrName)
                .orElseThrow(() -> WaybillException.notFound("connection", idOrName))
                .toConnection();
    }

    /**
     * As {@link #require(OrganizationId, String)}, for a caller whose key may be narrowed to some connections.
     *
     * @throws WaybillException 404, or 403 when the key does not reach it
     */
    public Connection require(Caller caller, Permission permission, String idOrName) {
        Connection connection = require(caller.organization(), idOrName);
        caller.require(permission, TYPE, connection.id().value(), connection.name());
        return connection;
    }

    /** Archived ones too. */
    public Optional<Connection> find(OrganizationId organization, ConnectionId id) {
        return store.find(organization, id.value()).map(ConnectionEntity::toConnection);
    }

    /**
     * Opens its storage with the settings that it has now; the caller closes it.
     *
     * @throws SourceException {@link Diagnosis#INVALID_CREDENTIALS} when it is archived or gone: its credentials may not
     *     be used
     * @throws WaybillException 409 when it is suspended
     */
    public Source open(Connection connection) {
        ConnectionEntity now = store.find(
                        connection.organization(), connection.id().value())
                .filter(found -> found.status() != ConnectionStatus.ARCHIVED)
                .orElseThrow(() -> new SourceException(
                        Diagnosis.INVALID_CREDENTIALS,
                        "Connection '%s' was deleted; use another one".formatted(connection.name())));
        requireUsable(now.toConnection());
        return providers.of(now.provider()).open(secrets.open(now), secretRenewals.of(now));
    }

    /**
     * What a {@code source_path} names in its storage.
     *
     * @throws WaybillException 422 that shows the grammar
     */
    public SourcePath path(Connection connection, String sourcePath) {
        return connector(connection).path(connection.config(), sourcePath);
    }

    /** What it is to without any path; empty when its settings name nothing. */
    Optional<SourcePath> home(Connection connection) {
        return connector(connection).home(connection.config());
    }

    /** Whose files it opens, by its provider: the same for all connections to one place. */
    public String place(Connection connection) {
        return connector(connection).place(connection.config());
    }

    /** Its provider. */
    private Connector connector(Connection connection) {
        return providers.of(connection.provider());
    }

    /** It was synced without trouble of its own. */
    public void succeeded(Connection connection, Instant at) {
        health.used(connection.organization(), connection.id(), at);
    }

    /**
     * A run failed by it. Five failures in a row suspend it.
     *
     * @param message a sentence without secrets
     */
    public void failed(Connection connection, Diagnosis diagnosis, String message) {
        health.failed(connection.organization(), connection.id(), diagnosis.name(), message);
    }

    /**
     * A connection for settings that come with something else: one that is there already and has the same settings, or
     * a new one, which is tested before it is saved.
     *
     * @param provider as it stands in the request's {@code provider}
     * @param config settings as they were sent, JSON values
     * @param name the one among them; null for one that is made up
     * @param at where the settings stand in the request, such as {@code body.connection}
     * @return {@link Connection#fresh} when it is new
     * @throws WaybillException 403 when the caller may make no connections, 422 for bad settings, 400 when they do not
     *     work, 409 when another one has the name
     */
    public Connection findOrCreate(
            Caller caller, String provider, Map<String, Object> config, @Nullable String name, String at) {
        caller.require(Permission.ADMIN);
        ConnectionRules rules = new ConnectionRules();
        rules.name(Providers.place(at, "name"), name, false);
        rules.refuse();
        Connector connector = providers.choose(provider, List.of("body", "provider"), config, at);
        ConnectorConfig read = Providers.read(connector, config, at);
        return made.alike(caller.organization(), read)
                .map(ConnectionEntity::toConnection)
                .orElseGet(() -> made.create(caller, connector, read, name));
    }

    /** Takes back one that {@link #findOrCreate} made, when what follows fails; others, and one in use by now, stay. */
    public void discard(Connection connection) {
        if (connection.fresh()) {
            store.removeUntouched(connection.organization(), connection.id(), connection.updatedAt());
        }
    }

    /**
     * Refuses one that may not be opened now.
     *
     * @throws WaybillException 409 when it is suspended or deleted
     */
    public static void requireUsable(Connection connection) {
        if (!connection.status().isUsable()) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("resource", "connection");
            details.put("id", connection.id().value());
            details.put("status", connection.status().name());
            boolean isOver = connection.status() == ConnectionStatus.ARCHIVED;
            throw new WaybillException(
                    ErrorCode.CONNECTION_NOT_ACTIVE,
                    isOver
                            ? "Connection '%s' was deleted and cannot be used any more; create another one."
                                    .formatted(connection.name())
                            : "Connection '%s' is suspended; set its status to ACTIVE first."
                                    .formatted(connection.name()),
                    details);
        }
    }
}
