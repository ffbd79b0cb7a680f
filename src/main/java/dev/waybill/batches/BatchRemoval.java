package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Pass;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Removes a batch: out of sight first, then what belongs to it, itself last. The watch ends what was left. A trace of it stays for an hour, so that a worker who comes to the end of an object finds it and leaves the object's documents;
 * only of what went with its bucket there is no trace.
 */
@Component
class BatchRemoval {

    private static final Duration LEFT_OVER = Duration.ofMinutes(1);
    private static final Duration MADE = Duration.ofMinutes(15);
    private static final Duration TRACE = Duration.ofHours(1);

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchResultStore results;
    private final BatchWatch watch;
    private final FaultPoints faults;
    private final InstantSource clock;

    BatchRemoval(
            BatchStore store,
            BatchItemStore items,
            BatchResultStore results,
            BatchWatch watch,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.items = items;
        this.results = results;
        this.watch = watch;
        this.faults = faults;
        this.clock = clock;
    }

    /** @return false when it is at work */
    boolean hide(Batch batch) {
        watch.changing(batch, LEFT_OVER);
        boolean hidden = store.hide(batch);
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

    /**
     * Removes a hidden one that was left behind.
     *
     * @return how long to wait until something can be done; empty when nothing is left
     */
    Optional<Duration> finish(BatchStore.Found found, Instant now) {
        Batch batch = found.batch();
        Instant traceUntil = found.traceUntil();
        Instant earliest = traceUntil != null
                ? traceUntil
                : batch.run() == 0 ? batch.createdAt().plus(MADE) : Instant.EPOCH; // it may be in the making
        if (now.isBefore(earliest)) {
            return Optional.of(Duration.between(now, earliest));
        }
        remove(batch);
        return batch.run() == 0 || traceUntil != null ? Optional.empty() : Optional.of(TRACE);
    }

    /** Has one that is about to be made removed, should that not come to its end. */
    void making(Batch batch) {
        watch.changing(batch, MADE);
    }

    /** Removes all of a bucket, or of a namespace where there is none, and leaves no trace. */
    void removeAll(Scope scope, @Nullable BucketId bucket, Pass pass) {
        pass.removed(store.removeAll(scope, bucket));
        long parts = items.removeAll(scope, bucket, pass::stopped) + results.removeAll(scope, bucket, pass::stopped);
        if (parts > 0) {
            pass.found();
        }
    }
}
