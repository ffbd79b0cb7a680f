package dev.waybill.syncs;

import dev.waybill.connections.ConnectionId;
import dev.waybill.connections.ConnectionUsers;
import dev.waybill.connections.Connections;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.syncs.SyncEntity.Pause;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Pauses the syncs of a connection that cannot be used any more: their runs could only fail. What a crash keeps from some of
 * them, the pause itself or that it is told, their watches make up for.
 */
@Component
class ConnectionSyncs implements ConnectionUsers {

    private static final String ARCHIVED = "connection archived";
    private static final String SUSPENDED = "connection suspended";
    private static final int PAGE = 100;

    private final SyncStore store;
    private final Connections connections;
    private final SyncEvents news;
    private final InstantSource clock;

    ConnectionSyncs(SyncStore store, Connections connections, SyncEvents news, InstantSource clock) {
        this.store = store;
        this.connections = connections;
        this.news = news;
        this.clock = clock;
    }

    @Override
    public void archived(OrganizationId organization, ConnectionId connection) {
        pause(organization, connection, ARCHIVED);
    }

    /** Whoever mends the connection resumes those of them that are to go on. */
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
        news.suspended(syncs.stream()
                .map(sync -> store.pause(sync, pause))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Pauses it if its connection cannot be used. @return whether it cannot */
    boolean pausesToo(SyncEntity sync) {
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
