package dev.waybill.syncs;

import dev.waybill.connections.ConnectionId;
import dev.waybill.connections.ConnectionUsers;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.syncs.SyncDocument.Pause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Pauses the syncs of a connection that cannot be used any more: their runs could only fail. */
@Component
class ConnectionSyncs implements ConnectionUsers {

    private final SyncStore store;
    private final EventOutbox outbox;
    private final InstantSource clock;

    ConnectionSyncs(SyncStore store, EventOutbox outbox, InstantSource clock) {
        this.store = store;
        this.outbox = outbox;
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
        Instant now = clock.instant();
        List<PublicEvent> events = store.of(organization, connection).stream()
                .map(sync -> store.pause(sync, new Pause(reason, now, null)))
                .flatMap(Optional::stream)
                .map(sync -> event(sync, reason, now))
                .toList();
        outbox.publish(events);
    }

    private static PublicEvent event(SyncDocument sync, String reason, Instant at) {
        return PublicEvent.in(
                sync.scope(),
                "sync.suspended",
                new PublicEvent.Subject("sync", sync.syncId()),
                at,
                Map.of("bucket_id", sync.bucketId(), "connection_id", sync.connectionId(), "reason", reason),
                at.toString());
    }
}
