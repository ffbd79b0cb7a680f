package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Removes a batch: out of sight first, then what belongs to it, itself last. The periodic job ends what was left. A trace
 * of it stays for an hour, so that a worker who comes to the end of an object finds it and leaves the object's documents;
 * only of what went with its bucket there is no trace.
 */
@Component
class BatchRemoval {

    private static final Duration LEFT_OVER = Duration.ofMinutes(1);
    private static final Duration TRACE = Duration.ofHours(1);

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchResultStore results;
    private final FaultPoints faults;
    private final InstantSource clock;

    BatchRemoval(
            BatchStore store, BatchItemStore items, BatchResultStore results, FaultPoints faults, InstantSource clock) {
        this.store = store;
        this.items = items;
        this.results = results;
        this.faults = faults;
        this.clock = clock;
    }

    /** @return false when it is at work */
    boolean hide(Batch batch) {
        boolean hidden = store.hide(batch, clock.instant().plus(LEFT_OVER));
        faults.reach("batches.delete-hidden");
        return hidden;
    }

    void remove(Batch batch) {
        results.removeAll(batch);
        items.removeAll(batch);
        faults.reach("batches.delete-emptied");
        Instant now = clock.instant();
        if (batch.run() == 0 || !store.leaveTrace(batch, now.plus(TRACE))) {
            store.remove(batch, now);
        }
    }

    /** Removes all of a bucket, or of a namespace where there is none, and leaves no trace. */
    void removeAll(Scope scope, @Nullable BucketId bucket, LongConsumer removed, BooleanSupplier stop) {
        if (!stop.getAsBoolean()) {
            removed.accept(store.removeAll(scope, bucket));
            items.removeAll(scope, bucket, stop);
            results.removeAll(scope, bucket, stop);
        }
    }
}
