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

/** API of this module for others: finds, creates and opens connections. */
@Component
public class Connections {

    /** Resource type of connections in the scopes of API keys. */
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
     * By its id, archived included, or its name.
     *
     * @throws WaybillException 404
     */
    public Connection require(OrganizationId organization, String idOrName) {
        return store.find(organization, idOrName)
                .orElseThrow(() -> WaybillException.notFound("connection", idOrName))
                .toConnection();
    }

    /**
     * As {@link #require(OrganizationId, String)}, for a caller whose key may be scoped to some connections.
     *
     * @throws WaybillException 404, or 403 when the key's scopes exclude it
     */
    public Connection require(Caller caller, Permission permission, String idOrName) {
        Connection connection = require(caller.organization(), idOrName);
        caller.require(permission, TYPE, connection.id().value(), connection.name());
        return connection;
    }

    /** Archived included. */
    public Optional<Connection> find(OrganizationId organization, ConnectionId id) {
        return store.find(organization, id.value()).map(ConnectionEntity::toConnection);
    }

    /**
     * Opens its storage with its current settings; the caller closes it.
     *
     * @throws SourceException {@link Diagnosis#INVALID_CREDENTIALS} when it is archived or gone: its credentials may
     *     not be used
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
     * Parses a {@code source_path} of its storage.
     *
     * @throws WaybillException 422 that explains the syntax
     */
    public SourcePath path(Connection connection, String sourcePath) {
        return connector(connection).path(connection.config(), sourcePath);
    }

    /** The path that its settings name; empty when they name none. */
    Optional<SourcePath> home(Connection connection) {
        return connector(connection).home(connection.config());
    }

    /** Identifies the storage location by its provider: equal for all connections to the same location. */
    public String location(Connection connection) {
        return connector(connection).location(connection.config());
    }

    /** Its provider. */
    private Connector connector(Connection connection) {
        return providers.of(connection.provider());
    }

    /** Records a sync run without a failure of the connection. */
    public void succeeded(Connection connection, Instant at) {
        health.used(connection.organization(), connection.id(), at);
    }

    /**
     * Records a run that failed because of the connection. Five failures in a row suspend it.
     *
     * @param message a sentence without secrets
     */
    public void failed(Connection connection, Diagnosis diagnosis, String message) {
        health.failed(connection.organization(), connection.id(), diagnosis.name(), message);
    }

    /**
     * Finds or creates the connection for settings that are part of another request: an existing one with the same
     * settings, or a new one, which is tested before it is stored.
     *
     * @param provider the request's {@code provider}
     * @param config settings as they were sent, JSON values
     * @param name its name among the settings; null to generate one
     * @param at path of the settings in the request, such as {@code body.connection}
     * @return {@link Connection#fresh} when it is new
     * @throws WaybillException 403 when the caller may not create connections, 422 for bad settings, 400 when they do
     *     not work, 409 when another connection has the name
     */
    public Connection findOrCreate(
            Caller caller, String provider, Map<String, Object> config, @Nullable String name, String at) {
        caller.require(Permission.ADMIN);
        ConnectionRules rules = new ConnectionRules();
        rules.name(Providers.location(at, "name"), name, false);
        rules.refuse();
        Connector connector = providers.choose(provider, List.of("body", "provider"), config, at);
        ConnectorConfig read = Providers.read(connector, config, at);
        return made.findEqualAndTouch(caller.organization(), read)
                .map(ConnectionEntity::toConnection)
                .orElseGet(() -> made.create(caller, connector, read, name));
    }

    /**
     * Removes a connection that {@link #findOrCreate} created, when the rest of the request fails. Existing ones, and
     * one that is used by now, stay.
     */
    public void discard(Connection connection) {
        if (connection.fresh()) {
            store.removeUntouched(connection.organization(), connection.id(), connection.updatedAt());
        }
    }

    /**
     * Requires that it may be opened.
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
