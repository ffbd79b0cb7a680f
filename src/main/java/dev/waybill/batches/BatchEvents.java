package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.tasks.TaskStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells how batches ended, after it was decided. Whoever finds a batch that ended tells it once more, under the same id. */
@Component
class BatchEvents {

    private final EventOutbox outbox;
    private final FaultPoints faults;

    BatchEvents(EventOutbox outbox, FaultPoints faults) {
        this.outbox = outbox;
        this.faults = faults;
    }

    /** @param batch as it was read after its end; of one that did not end, or was canceled, nobody is told */
    void ended(BatchEntity batch) {
        if (batch.isToBeToldOf()) {
            outbox.publish(List.of(event(batch)));
            faults.reach("batches.told");
        }
    }

    /** The same, for those who come later and do not know whether it was told. */
    void makeUp(BatchEntity batch) {
        if (batch.isToBeToldOf()) {
            outbox.makeUp(List.of(event(batch)));
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
