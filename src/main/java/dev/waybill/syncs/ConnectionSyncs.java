package dev.waybill.syncs;

import dev.waybill.connections.ConnectionId;
import dev.waybill.connections.ConnectionUsers;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.syncs.SyncDocument.Pause;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Pauses the syncs of a connection that cannot be used any more: their runs could only fail. */
@Component
class ConnectionSyncs implements ConnectionUsers {

    private final SyncStore store;
    private final InstantSource clock;

    ConnectionSyncs(SyncStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void archived(OrganizationId organization, ConnectionId connection) {
        pause(organization, connection, "connection archived");
    }

    /** Whoever mends the connection resumes those of them that are to go on. */
    @Override
    public void suspended(OrganizationId organization, ConnectionId connection) {
        pause(organization, connection, "connection suspended");
    }

    private void pause(OrganizationId organization, ConnectionId connection, String reason) {
        store.of(organization, connection).forEach(sync -> store.pause(sync, new Pause(reason, clock.instant(), null)));
    }
}
