package dev.waybill.connections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ScopeFilter;
import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for connections. */
@Component
class ConnectionService {

    static final Fields FIELDS = Fields.builder()
            .token("connection_id")
            .text("name")
            .instant("created_at")
            .build();

    /** Path of the settings in requests. */
    static final String SETTINGS = "body.provider_config";

    private static final List<Object> PROVIDER = List.of("body", Providers.TYPE);

    /**
     * With a {@link SecretRenewals#pause} between attempts, this bounds how long a caller waits for a renewal of
     * secrets.
     */
    private static final int MOST_ATTEMPTS = 100;

    private static final Logger log = LoggerFactory.getLogger(ConnectionService.class);

    private final ConnectionStore store;
    private final ConnectionCreation made;
    private final ConnectionSecrets secrets;
    private final SecretRenewals secretRenewals;
    private final ConnectionHealth health;
    private final Providers providers;
    private final Probe probe;
    private final InstantSource clock;

    ConnectionService(
            ConnectionStore store,
            ConnectionCreation made,
            ConnectionSecrets secrets,
            SecretRenewals secretRenewals,
            ConnectionHealth health,
            Providers providers,
            Probe probe,
            InstantSource clock) {
        this.store = store;
        this.made = made;
        this.secrets = secrets;
        this.secretRenewals = secretRenewals;
        this.health = health;
        this.providers = providers;
        this.probe = probe;
        this.clock = clock;
    }

    /** The provider in the vocabulary of older clients. */
    String contractProvider(Connection connection) {
        return providers.contractName(connection.provider());
    }

    Connection create(Caller caller, ConnectionCreateRequest.Checked wanted) {
        Connector connector = providers.choose(wanted.providerType(), PROVIDER, wanted.settings(), SETTINGS);
        ConnectorConfig config = Providers.read(connector, wanted.settings(), SETTINGS);
        return made.create(caller, connector, config, wanted.wanted());
    }

    /** @throws WaybillException 404, or 403 when the key's scopes exclude it */
    Connection get(Caller caller, Permission permission, String identifier) {
        return requireEntity(caller, permission, identifier).toConnection();
    }

    /**
     * One page.
     *
     * @param provider a canonical name, or its name for older clients; null for all
     * @param statuses at least one
     */
    Page<Connection> list(
            Caller caller, @Nullable String provider, Collection<ConnectionStatus> statuses, ListQuery query) {
        Filter reach = ScopeFilter.of(caller, Connections.TYPE, "connection_id", "name");
        return store.page(
                        caller.organization(),
                        provider == null ? null : providers.called(provider),
                        statuses,
                        query.withFilter(reach).withTotal(),
                        FIELDS)
                .map(ConnectionEntity::toConnection);
    }

    Connection change(Caller caller, String identifier, ConnectionUpdateRequest.Checked wanted) {
        ConnectionEntity before = requireEntity(caller, Permission.ADMIN, identifier);
        requireNotArchived(before);
        ConnectionEntity after;
        try {
            after = wanted.settings() == null
                    ? changed(before, wanted, null)
                            .orElseThrow(() -> WaybillException.notFound("connection", identifier))
                    : withOtherSettings(before, wanted, wanted.settings());
        } catch (DuplicateKeyException taken) {
            throw ConnectionCreation.nameTaken(String.valueOf(wanted.name()));
        }
        audit(caller, before.id(), wanted.settings() == null ? "changed" : "given other settings");
        if (wanted.status() == ConnectionStatus.SUSPENDED) {
            health.suspended(before.organizationId(), before.id());
        }
        return after.toConnection();
    }

    private Optional<ConnectionEntity> changed(
            ConnectionEntity before,
            ConnectionUpdateRequest.Checked wanted,
            ConnectionStore.@Nullable Settings settings) {
        ConnectionStore.Change change = new ConnectionStore.Change(
                wanted.name(), wanted.description(), wanted.metadata(), wanted.status(), settings);
        return store.change(before.organizationId(), before.id(), change, clock.instant());
    }

    /** Secrets that stay may be renewed meanwhile; retries with the renewed ones. */
    private ConnectionEntity withOtherSettings(
            ConnectionEntity found, ConnectionUpdateRequest.Checked wanted, Map<String, Object> settings) {
        ConnectionEntity before = found;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<ConnectionEntity> after =
                    before.renewed() != null && before.renewed().isGoing(clock.instant())
                            ? Optional.empty()
                            : changed(before, wanted, settings(before, settings, wanted.isTested()));
            if (after.isPresent()) {
                return after.get();
            }
            SecretRenewals.pause();
            before = store.find(found.organizationId(), found.connectionId())
                    .orElseThrow(() -> WaybillException.notFound("connection", found.connectionId()));
            requireNotArchived(before);
        }
        throw new WaybillException(
                ErrorCode.SERVICE_UNAVAILABLE, "The connection's secrets are being renewed all the time; try again");
    }

    /** One that is archived already stays unchanged. */
    Connection archive(Caller caller, String identifier) {
        ConnectionEntity before = requireEntity(caller, Permission.DELETE, identifier);
        ConnectionEntity after = store.archive(before.organizationId(), before.id(), clock.instant())
                .orElseThrow(() -> WaybillException.notFound("connection", identifier));
        health.archived(before.organizationId(), before.id());
        audit(caller, before.id(), "archived");
        return after.toConnection();
    }

    /** Tests the connection and records the outcome in its health. */
    Probe.Finding test(Caller caller, String identifier) {
        ConnectionEntity connection = requireEntity(caller, Permission.WRITE, identifier);
        requireNotArchived(connection);
        Connector connector = providers.of(connection.provider());
        ConnectorConfig config = secrets.open(connection);
        Probe.Finding finding = probe.check(connector, config, connector.open(config, secretRenewals.of(connection)));
        if (finding.works()) {
            health.checked(connection.organizationId(), connection.id(), finding.details());
        } else {
            health.failed(
                    connection.organizationId(), connection.id(), String.valueOf(finding.problem()), finding.message());
        }
        audit(caller, connection.id(), "tested: " + (finding.works() ? "works" : finding.problem()));
        return finding;
    }

    /** Tests settings without storing them. */
    Probe.Finding test(String providerType, Map<String, Object> settings) {
        Connector connector = providers.choose(providerType, PROVIDER, settings, SETTINGS);
        ConnectorConfig config = Providers.read(connector, settings, SETTINGS);
        return probe.check(connector, config, connector.open(config));
    }

    /** @throws WaybillException 404 when it was not tested since its settings were changed */
    Map<String, Object> capabilities(Caller caller, String identifier) {
        Connection connection = get(caller, Permission.READ, identifier);
        return Optional.ofNullable(connection.profile())
                .orElseThrow(() -> new WaybillException(
                        ErrorCode.NOT_FOUND,
                        "It is not known yet what connection '%s' can do; test it first.".formatted(connection.name()),
                        Map.of("resource", "capabilities", "id", connection.id().value())));
    }

    private ConnectionEntity requireEntity(Caller caller, Permission permission, String identifier) {
        OrganizationId organization = caller.organization();
        ConnectionEntity found = store.find(organization, identifier)
                .orElseThrow(() -> WaybillException.notFound("connection", identifier));
        caller.require(permission, Connections.TYPE, found.connectionId(), found.name());
        return found;
    }

    private ConnectionStore.Settings settings(ConnectionEntity before, Map<String, Object> wanted, boolean isTested) {
        Connector connector = providers.of(before.provider());
        ConnectorConfig stored = secrets.open(before);
        ConnectorConfig config = new ReplacedSettings(connector, stored).read(wanted, SETTINGS);
        boolean isSame =
                config.settings().equals(stored.settings()) && config.secrets().equals(stored.secrets());
        Map<String, Object> profile = before.profile();
        if (!isSame) {
            profile = isTested ? made.tested(connector, config) : null;
        }
        return new ConnectionStore.Settings(
                before,
                config.settings(),
                secrets.seal(before.organizationId(), before.id(), config),
                config.identity(),
                profile,
                !isSame && isTested);
    }

    private static void requireNotArchived(ConnectionEntity connection) {
        if (connection.status() == ConnectionStatus.ARCHIVED) {
            Connections.requireUsable(connection.toConnection());
        }
    }

    private static void audit(Caller caller, ConnectionId id, String what) {
        log.info("Connection {} of {} was {} by {}", id, caller.organization(), what, caller.userId());
    }
}
