package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.ServiceUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Runs the garbage collection of orphans at once, for tests that cannot wait a day. */
public final class Orphans {

    private static final int PAGE = 1_000;

    private Orphans() {}

    /**
     * Removes orphans as if a day had passed; nothing else of the service sees another time. All keys are listed at
     * once: walking shard by shard, as the service does, takes longer than most story tests.
     */
    public static void remove(ServiceUnderTest service) {
        ObjectStorage storage = service.bean(ObjectStorage.class);
        List<StoredObject> stored = new ArrayList<>();
        List<StoredObject> page = storage.list("", null, PAGE);
        while (!page.isEmpty()) {
            stored.addAll(page);
            page = page.size() < PAGE
                    ? List.of()
                    : storage.list("", stored.getLast().key(), PAGE);
        }
        List<StoredObject> files = stored.stream()
                .filter(found -> !found.key().value().startsWith(BlobKeys.STAGING))
                .toList();
        Instant tomorrow = service.bean(InstantSource.class).instant().plus(Duration.ofDays(1));
        storage.deleteAll(service.bean(KeyWalk.class).orphans(files, tomorrow).stream()
                .map(StoredObject::key)
                .toList());
    }

    /** Expires what is staged as if nine days had passed. */
    public static void expireStaged(ServiceUnderTest service) {
        service.bean(StagingExpiry.class)
                .expire(service.bean(InstantSource.class).instant().plus(Duration.ofDays(9)));
    }
}
