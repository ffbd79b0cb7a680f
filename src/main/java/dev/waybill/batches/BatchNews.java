package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Tells how batches end. Before the end is written: who dies in between has it told again, under the same id, by whoever
 * ends the batch instead.
 */
@Component
class BatchNews {

    private final ApplicationEventPublisher publisher;
    private final FaultPoints faults;

    BatchNews(ApplicationEventPublisher publisher, FaultPoints faults) {
        this.publisher = publisher;
        this.faults = faults;
    }

    void ending(Batch batch, TaskStatus as, @Nullable String error, Instant now) {
        publisher.publishEvent(
                as == TaskStatus.FAILED
                        ? new BatchFailed(
                                batch.scope(),
                                batch.bucket(),
                                batch.id(),
                                batch.run(),
                                as,
                                batch.objectCount(),
                                error,
                                now)
                        : new BatchCompleted(
                                batch.scope(),
                                batch.bucket(),
                                batch.id(),
                                batch.run(),
                                as,
                                batch.objectCount(),
                                error,
                                now));
        faults.reach("batches.told");
    }

    static Map<String, Object> facts(
            BucketId bucket, TaskStatus status, int run, long objectCount, @Nullable String error) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", bucket.value());
        facts.put("status", status.name());
        facts.put("run", run);
        facts.put("object_count", objectCount);
        if (error != null) {
            facts.put("error", error);
        }
        return facts;
    }
}
