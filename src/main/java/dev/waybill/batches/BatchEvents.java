package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.tasks.TaskStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Publishes the end of a batch as an event, after it was stored. Whoever finds a batch that ended publishes it once
 * more, under the same id.
 */
@Component
class BatchEvents {

    private final EventOutbox outbox;
    private final FaultPoints faults;

    BatchEvents(EventOutbox outbox, FaultPoints faults) {
        this.outbox = outbox;
        this.faults = faults;
    }

    /** @param batch as read after its end; for one that did not end, or was canceled, nothing is published */
    void publishEnd(BatchEntity batch) {
        if (batch.isReportable()) {
            outbox.publish(List.of(event(batch)));
            faults.reach("batches.told");
        }
    }

    /** The same, for later readers that do not know whether it was published. */
    void republishEnd(BatchEntity batch) {
        if (batch.isReportable()) {
            outbox.publishMissing(List.of(event(batch)));
        }
    }

    private static PublicEvent event(BatchEntity batch) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", batch.bucketId());
        facts.put("status", batch.status().name());
        facts.put("run", batch.run());
        facts.put("object_count", batch.objectCount());
        String error = batch.error();
        if (error != null) {
            facts.put("error", error);
        }
        return PublicEvent.in(
                batch.scope(),
                batch.status() == TaskStatus.FAILED ? "batch.failed" : "batch.completed",
                new PublicEvent.Subject("batch", batch.batchId()),
                batch.updatedAt(),
                facts,
                String.valueOf(batch.run()));
    }
}
