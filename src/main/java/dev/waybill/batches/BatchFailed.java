package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.NamespacedEvent;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch came to nothing, or was given up. */
public record BatchFailed(
        Scope scope,
        BucketId bucket,
        BatchId id,
        int run,
        TaskStatus status,
        long objectCount,
        @Nullable String error,
        Instant occurredAt)
        implements NamespacedEvent {

    public static final String TYPE = "batch.failed";

    @Override
    public String eventId() {
        return EventIds.of(TYPE, scope.key(id.value()), String.valueOf(run));
    }

    @Override
    public String eventType() {
        return TYPE;
    }

    @Override
    public Subject subject() {
        return new Subject("batch", id.value());
    }

    @Override
    public Map<String, Object> metadata() {
        return BatchNews.facts(bucket, status, run, objectCount, error);
    }
}
