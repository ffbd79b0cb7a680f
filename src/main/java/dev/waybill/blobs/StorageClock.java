package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectStorage;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * The clock that ages of blobs are measured by: the earlier one of this instance's clock and storage's. An instance
 * whose clock is far ahead would take what was just written for old, and remove it.
 */
@Component
class StorageClock {

    private final ObjectStorage storage;
    private final InstantSource clock;

    StorageClock(ObjectStorage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** @throws dev.waybill.platform.storage.StorageException when storage does not answer */
    Instant now() {
        Instant here = clock.instant();
        Instant there = storage.check();
        return there.isBefore(here) ? there : here;
    }
}
