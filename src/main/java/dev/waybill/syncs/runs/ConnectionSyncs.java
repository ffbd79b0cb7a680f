package dev.waybill.syncs.runs;

import dev.waybill.connections.ConnectionId;
import dev.waybill.connections.ConnectionUsers;
import dev.waybill.connections.Connections;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Pauses the syncs of a connection that cannot be used any more, as their runs could only fail. Pauses and events that
 * a crash prevents are made up for by {@link SyncCheck}.
 */
@Component
class ConnectionSyncs implements ConnectionUsers {

    private static final String ARCHIVED = "connection archived";
    private static final String SUSPENDED = "connection suspended";
    private static final int PAGE = 100;

    private final SyncStore store;
    private final Connections connections;
    private final SyncEvents events;
    private final InstantSource clock;

    ConnectionSyncs(SyncStore store, Connections connections, SyncEvents events, InstantSource clock) {
        this.store = store;
        this.connections = connections;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void archived(OrganizationId organization, ConnectionId connection) {
        pause(organization, connection, ARCHIVED);
    }

    /** Syncs are not resumed with the connection; callers resume those that are to continue. */
    @Override
    public void suspended(OrganizationId organization, ConnectionId connection) {
        pause(organization, connection, SUSPENDED);
    }

    private void pause(OrganizationId organization, ConnectionId connection, String reason) {
        List<SyncEntity> page = store.unpaused(organization, connection, PAGE);
        while (!page.isEmpty()) {
            pause(page, reason);
            page = store.unpaused(organization, connection, PAGE);
        }
    }

    private void pause(List<SyncEntity> syncs, String reason) {
        Pause pause = new Pause(reason, clock.instant(), null);
        events.suspended(syncs.stream()
                .map(sync -> store.pause(sync, pause))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Pauses a sync if its connection cannot be used. @return whether it cannot */
    boolean pauseIfUnusable(SyncEntity sync) {
        Optional<String> reason = connections
                .find(sync.organizationId(), sync.connection())
                .flatMap(connection -> switch (connection.status()) {
                    case ARCHIVED -> Optional.of(ARCHIVED);
                    case SUSPENDED -> Optional.of(SUSPENDED);
                    case ACTIVE, FAILED -> Optional.empty();
                });
        reason.ifPresent(why -> pause(List.of(sync), why));
        return reason.isPresent();
    }
}
