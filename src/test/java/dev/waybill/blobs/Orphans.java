package dev.waybill.blobs;

import dev.waybill.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.InstantSource;

/** What a crash between a copy and its row has left goes a day later: for who does not wait that long. */
public final class Orphans {

    private Orphans() {}

    /** Has the service's walk remove them as if a day had passed; nothing else of the service sees another time. */
    public static void remove(ServiceUnderTest service) {
        service.bean(OrphanWalk.class)
                .walk(service.bean(InstantSource.class).instant().plus(Duration.ofHours(25)));
    }

    /** Has the service remove what is staged as if nine days had passed. */
    public static void expireStaged(ServiceUnderTest service) {
        service.bean(StagingExpiry.class)
                .expire(service.bean(InstantSource.class).instant().plus(Duration.ofDays(9)));
    }
}
