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
 * Asynchronous batched deletion of objects that are no longer needed, within a second. Best effort: what is lost here
 * in a crash or an outage is found by the walks over the keys, or is listed in a row's garbage.
 */
@Component
public class BatchedDeletes {

    private static final Logger LOG = LoggerFactory.getLogger(BatchedDeletes.class);
    private static final int MAX_QUEUED = 100_000;
    private static final int BATCH_SIZE = 1_000;

    private final ObjectStorage storage;
    private final BlockingQueue<ObjectKey> queue = new LinkedBlockingQueue<>(MAX_QUEUED);

    public BatchedDeletes(ObjectStorage storage) {
        this.storage = storage;
    }

    /** Enqueues without queue. Keys beyond {@value #MAX_QUEUED} in the queue are left to the walks. */
    public void add(Collection<ObjectKey> keys) {
        keys.forEach(queue::offer);
    }

    /** Removes what is queued now. */
    @Scheduled(fixedDelayString = "${waybill.blobs.delete-interval:500ms}")
    @PreDestroy
    public void run() {
        List<ObjectKey> batch = new ArrayList<>();
        while (queue.drainTo(batch, BATCH_SIZE) > 0) {
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
