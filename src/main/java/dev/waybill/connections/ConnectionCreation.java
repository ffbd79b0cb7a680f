package dev.waybill.connections;

import dev.waybill.auth.Caller;
import dev.waybill.connectors.Connector;
import dev.waybill.connectors.ConnectorConfig;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Creates connections: tests the settings, then stores them. */
@Component
class ConnectionCreation {

    private static final Logger log = LoggerFactory.getLogger(ConnectionCreation.class);
    private static final int MOST_NAMES = 1_000;

    private final ConnectionStore store;
    private final ConnectionSecrets secrets;
    private final Probe probe;
    private final IdGenerator ids;
    private final InstantSource clock;

    ConnectionCreation(
            ConnectionStore store, ConnectionSecrets secrets, Probe probe, IdGenerator ids, InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.probe = probe;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Attributes of a new connection besides its settings.
     *
     * @param isTested whether it is tested before it is saved
     */
    record Wanted(String name, @Nullable String description, Map<String, Object> metadata, boolean isTested) {}

    /**
     * Creates a connection. A retried request finds the connection of its first attempt.
     *
     * @throws WaybillException 409 when its name is taken, 400 when it is tested and does not work
     */
    Connection create(Caller caller, Connector connector, ConnectorConfig config, Wanted wanted) {
        ConnectionId id = new ConnectionId(ids.nextHex(ConnectionId.PREFIX, ConnectionId.DIGITS));
        Optional<Connection> before = ofEarlierAttempt(caller.organization(), id);
        if (before.isPresent()) {
            return before.get();
        }
        if (store.find(caller.organization(), wanted.name()).isPresent()) {
            throw nameTaken(wanted.name());
        }
        Map<String, Object> profile = wanted.isTested() ? tested(connector, config) : null;
        ConnectionEntity entity = newEntity(caller, id, config, wanted, profile);
        if (!store.insert(entity)) {
            return ofEarlierAttempt(caller.organization(), id).orElseThrow(() -> nameTaken(wanted.name()));
        }
        log.info(
                "Connection {} ({}) of {} was made by {}",
                id,
                config.provider(),
                caller.organization(),
                caller.userId());
        return entity.toConnection();
    }

    /**
     * Creates a connection for settings that are part of another request.
     *
     * @param name null to choose a free one
     */
    Connection create(Caller caller, Connector connector, ConnectorConfig config, @Nullable String name) {
        String wanted = name == null ? freeName(caller.organization(), config) : name;
        try {
            return create(caller, connector, config, new Wanted(wanted, null, Map.of(), true))
                    .asFresh();
        } catch (WaybillException refused) {
            if (name != null || refused.code() != ErrorCode.ALREADY_EXISTS) {
                throw refused;
            }
            // A concurrent request with the same settings won.
            return findEqualAndTouch(caller.organization(), config)
                    .map(ConnectionEntity::toConnection)
                    .orElseThrow(() -> refused);
        }
    }

    /**
     * Finds one with equal settings, secrets included, and touches it, so that {@link Connections#discard} spares it.
     */
    Optional<ConnectionEntity> findEqualAndTouch(OrganizationId organization, ConnectorConfig config) {
        return store.findByIdentity(organization, config.provider(), config.identity()).stream()
                .filter(found -> JsonValues.fromStored(found.settings()).equals(config.settings())
                        && secrets.open(found).secrets().equals(config.secrets()))
                .findFirst()
                .flatMap(found -> store.touch(found, after(found.updatedAt())));
    }

    /**
     * Tests settings and returns the profile of the storage as JSON.
     *
     * @throws WaybillException 400 when they do not work
     */
    Map<String, Object> tested(Connector connector, ConnectorConfig config) {
        Probe.Finding finding = probe.check(connector, config, connector.open(config));
        if (!finding.works()) {
            throw finding.failure();
        }
        return finding.details();
    }

    static WaybillException nameTaken(String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "connection");
        details.put("name", name);
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "The organization has a connection named '%s' already; choose another name.".formatted(name),
                details);
    }

    /** The connection that an earlier attempt of this request created before it crashed. */
    private Optional<Connection> ofEarlierAttempt(OrganizationId organization, ConnectionId id) {
        return ids.isRepeating()
                ? store.find(organization, id.value()).map(ConnectionEntity::toConnection)
                : Optional.empty();
    }

    private ConnectionEntity newEntity(
            Caller caller,
            ConnectionId id,
            ConnectorConfig config,
            Wanted wanted,
            @Nullable Map<String, Object> profile) {
        Instant now = clock.instant();
        return new ConnectionEntity(
                caller.organization().key(id.value()),
                caller.organization(),
                id.value(),
                wanted.name(),
                wanted.name(),
                config.provider(),
                JsonValues.toStored(config.settings()),
                secrets.seal(caller.organization(), id, config),
                config.identity(),
                wanted.description(),
                JsonValues.toStored(wanted.metadata()),
                ConnectionStatus.ACTIVE,
                profile == null ? null : JsonValues.toStored(profile),
                null,
                null,
                0,
                now,
                now,
                caller.userId(),
                null);
    }

    private String freeName(OrganizationId organization, ConnectorConfig config) {
        String bucket = bucket(config.settings());
        String base = bucket == null ? config.provider() : config.provider() + "-" + bucket;
        String shortened = base.substring(0, Math.min(base.length(), ConnectionRules.MAX_NAME - "-1000".length()));
        for (int number = 1; number <= MOST_NAMES; number++) {
            String name = number == 1 ? shortened : shortened + "-" + number;
            if (store.find(organization, name).isEmpty()) {
                return name;
            }
        }
        throw nameTaken(shortened);
    }

    /** Now, but never equal to the last update: {@link Connections#discard} compares the two. */
    private Instant after(Instant touched) {
        Instant now = clock.instant();
        return now.isAfter(touched) ? now : touched.plusMillis(1);
    }

    private static @Nullable String bucket(Map<String, Object> settings) {
        return settings.get("bucket_name") instanceof String bucket ? bucket : null;
    }
}
