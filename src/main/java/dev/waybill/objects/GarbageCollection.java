package dev.waybill.objects;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import java.util.List;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Garbage collection of storage keys that rows no longer reference. A key has one row for life, so no owner is queried.
 */
@Component
class GarbageCollection {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollection.class);
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 50;

    private final ObjectStore store;
    private final ObjectStorage storage;

    GarbageCollection(ObjectStore store, ObjectStorage storage) {
        this.store = store;
        this.storage = storage;
    }

    @Scheduled(fixedDelayString = "${waybill.objects.garbage-interval:60s}")
    @SchedulerLock(name = "garbage-collection", lockAtMostFor = "PT5M")
    public void run() {
        try {
            for (int page = 0; page < MAX_PAGES; page++) {
                List<ObjectRow> rows = store.withGarbage(PAGE);
                if (!rows.isEmpty()) {
                    List<ObjectKey> keys =
                            rows.stream().flatMap(row -> row.garbage().stream()).toList();
                    storage.deleteAll(keys);
                    store.clearGarbage(rows);
                }
                if (rows.size() < PAGE) {
                    return;
                }
            }
        } catch (StorageException away) {
            LOG.info("The garbage of objects waits for storage: {}", away.kind());
        }
    }
}
