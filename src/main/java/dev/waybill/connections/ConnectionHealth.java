package dev.waybill.connections;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Health of connections: records the outcomes of checks and sync runs, and suspends a connection after
 * {@value #MOST_FAILURES} failures in a row.
 */
@Component
class ConnectionHealth {

    static final int MOST_FAILURES = 5;
    static final int MAX_ERROR = 1_000;

    private static final Logger log = LoggerFactory.getLogger(ConnectionHealth.class);

    private final ConnectionStore store;
    private final ObjectProvider<ConnectionUsers> users;

    ConnectionHealth(ConnectionStore store, ObjectProvider<ConnectionUsers> users) {
        this.store = store;
        this.users = users;
    }

    /** A check succeeded. */
    void checked(OrganizationId organization, ConnectionId id, Map<String, Object> profile) {
        store.succeeded(organization, id, profile, null);
    }

    /** It was listed or synced. */
    void used(OrganizationId organization, ConnectionId id, Instant at) {
        store.succeeded(organization, id, null, at);
    }

    /** @param diagnosis a name of {@link Diagnosis} */
    void failed(OrganizationId organization, ConnectionId id, String diagnosis, String message) {
        if (store.failed(organization, id, shortened(diagnosis + ": " + message), MOST_FAILURES)) {
            log.info("Connection {} is suspended after {} failures in a row: {}", id, MOST_FAILURES, diagnosis);
            suspended(organization, id);
        }
    }

    void suspended(OrganizationId organization, ConnectionId id) {
        users.orderedStream().forEach(user -> user.suspended(organization, id));
    }

    void archived(OrganizationId organization, ConnectionId id) {
        users.orderedStream().forEach(user -> user.archived(organization, id));
    }

    private static String shortened(String error) {
        if (error.length() <= MAX_ERROR) {
            return error;
        }
        boolean isSplit = Character.isHighSurrogate(error.charAt(MAX_ERROR - 1));
        return error.substring(0, isSplit ? MAX_ERROR - 1 : MAX_ERROR);
    }
}
