package dev.waybill.blobs;

import dev.waybill.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a crash between a copy and its row has left goes a day later: for who does not wait that long. */
public final class Orphans {

    private Orphans() {}

    /**
     * Has the service's walk remove them as if a day had passed; nothing else of the service sees another time. It begins
     * at the start, as somebody whom nobody waited for may have written behind where it was, and goes only where there is
     * something: looking through all sixteen shards takes longer than what most stories tell.
     */
    public static void remove(ServiceUnderTest service) {
        WalkStore cursors = service.bean(WalkStore.class);
        Instant now = service.bean(InstantSource.class).instant();
        OrphanWalk walk = service.bean(OrphanWalk.class);
        List<String> keys = service.keys();
        BlobKeys.SHARDS.stream()
                .filter(shard -> keys.stream().anyMatch(key -> key.startsWith(shard)))
                .forEach(shard -> {
                    cursors.save(new WalkCursorDocument(shard, null, now));
                    walk.walk(shard, now.plus(Duration.ofHours(25)));
                });
    }

    /** Has the service remove what is staged as if nine days had passed. */
    public static void expireStaged(ServiceUnderTest service) {
        service.bean(StagingExpiry.class)
                .expire(service.bean(InstantSource.class).instant().plus(Duration.ofDays(9)));
    }
}
