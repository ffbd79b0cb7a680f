package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes bytes that nobody needs any more, many by one request, within a second. Best effort: what is lost here with
 * its process, or by an outage, is found again by what walks over the keys, or stands in a row's garbage.
 */
@Component
public class BatchedDeletes {

    private static final Logger LOG = LoggerFactory.getLogger(BatchedDeletes.class);
    private static final int MOST_WAITING = 100_000;
    private static final int AT_ONCE = 1_000;

    private final ObjectStorage storage;
    private final BlockingQueue<ObjectKey> waiting = new LinkedBlockingQueue<>(MOST_WAITING);

    public BatchedDeletes(ObjectStorage storage) {
        this.storage = storage;
    }

    /** Returns at once. Keys beyond the {@value #MOST_WAITING} that wait are left to the walks. */
    public void add(Collection<ObjectKey> keys) {
        keys.forEach(waiting::offer);
    }

    /** Removes what waits now. */
    @Scheduled(fixedDelayString = "${waybill.blobs.delete-interval:500ms}")
    @PreDestroy
    public void run() {
        List<ObjectKey> batch = new ArrayList<>();
        while (waiting.drainTo(batch, AT_ONCE) > 0) {
            try {
                storage.deleteAll(batch);
            } catch (StorageException away) {
                LOG.info("{} keys are left to the walk: {}", batch.size(), away.kind());
                return;
            }
            batch.clear();
        }
    }
}
