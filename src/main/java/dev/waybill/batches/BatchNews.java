package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells how batches end. Before the end is written: who dies in between has it told again, under the same id, by whoever
 * ends the batch instead.
 */
@Component
class BatchNews {

    private final EventOutbox outbox;
    private final FaultPoints faults;

    BatchNews(EventOutbox outbox, FaultPoints faults) {
        this.outbox = outbox;
        this.faults = faults;
    }

    void ending(Batch batch, TaskStatus as, @Nullable String error, Instant now) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", batch.bucket().value());
        facts.put("status", as.name());
        facts.put("run", batch.run());
        facts.put("object_count", batch.objectCount());
        if (error != null) {
            facts.put("error", error);
        }
        outbox.publish(List.of(PublicEvent.in(
                batch.scope(),
                as == TaskStatus.FAILED ? "batch.failed" : "batch.completed",
                new PublicEvent.Subject("batch", batch.id().value()),
                now,
                facts,
                String.valueOf(batch.run()))));
        faults.reach("batches.told");
    }
}
