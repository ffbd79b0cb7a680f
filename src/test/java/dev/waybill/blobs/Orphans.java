package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What a crash between a copy and its row has left goes a day later: for who does not wait that long. */
public final class Orphans {

    private static final int PAGE = 1_000;

    private Orphans() {}

    /**
     * Removes them as if a day had passed; nothing else of the service sees another time. Everything is asked for at once:
     * going through it shard by shard, as the service does, takes longer than what most stories tell.
     */
    public static void remove(ServiceUnderTest service) {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        List<StoredObject> lying = new ArrayList<>();
        List<StoredObject> page = storage.list("", null, PAGE);
        while (!page.isEmpty()) {
            lying.addAll(page);
            page = page.size() < PAGE
                    ? List.of()
                    : storage.list("", lying.getLast().key(), PAGE);
        }
        List<StoredObject> files = lying.stream()
                .filter(found -> !found.key().value().startsWith(BlobKeys.STAGING))
                .toList();
        Instant tomorrow = service.bean(InstantSource.class).instant().plus(Duration.ofDays(1));
        storage.deleteAll(service.bean(KeyWalk.class).orphans(files, tomorrow).stream()
                .map(StoredObject::key)
                .toList());
    }

    /** Has the service remove what is staged as if nine days had passed. */
    public static void expireStaged(ServiceUnderTest service) {
        service.bean(StagingExpiry.class)
                .expire(service.bean(InstantSource.class).instant().plus(Duration.ofDays(9)));
    }
}
