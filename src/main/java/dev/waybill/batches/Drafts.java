package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes batches, and adds to those that are drafts. */
@Component
class Drafts {

    /** How many objects an answer names. */
    static final int NAMED = 1000;

    private static final String NO_DRAFT = "; objects can be added to a DRAFT only. Create a new batch.";

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchWatch watch;
    private final FaultPoints faults;
    private final InstantSource clock;

    Drafts(BatchStore store, BatchItemStore items, BatchWatch watch, FaultPoints faults, InstantSource clock) {
        this.store = store;
        this.items = items;
        this.watch = watch;
        this.faults = faults;
        this.clock = clock;
    }

    /** A new draft; one of that id that is there already is answered as it stands. It shows when it is whole. */
    Batch make(Scope scope, BucketId bucket, BatchId id, List<String> objects) {
        Instant now = clock.instant();
        List<String> distinct = objects.stream().distinct().toList();
        Batch batch = new Batch(
                id,
                scope,
                bucket,
                TaskStatus.DRAFT,
                named(distinct),
                distinct.size(),
                Map.of(),
                0,
                null,
                List.of(),
                null,
                null,
                null,
                Map.of(),
                now,
                now);
        watch.making(batch);
        if (!store.insertHidden(batch)) {
            var there = store.find(scope, id);
            if (there.isPresent()) {
                return there.get();
            }
        }
        faults.reach("batches.hidden");
        items.addAll(batch, distinct);
        faults.reach("batches.items-written");
        store.show(batch);
        return store.find(scope, id).orElse(batch);
    }

    /** The draft with more objects. */
    Batch add(Batch batch, List<String> objects) {
        if (batch.status() != TaskStatus.DRAFT) {
            throw batch.conflict(NO_DRAFT);
        }
        List<String> added = items.addAll(batch, objects.stream().distinct().toList());
        faults.reach("batches.items-written");
        List<String> names = named(Stream.concat(batch.objectIds().stream(), objects.stream())
                .distinct()
                .toList());
        return store.objectsAdded(batch, names, items.count(batch), clock.instant())
                .orElseGet(() -> {
                    // Submitted in between: what was added too late is taken back.
                    items.remove(batch, added);
                    Batch now = store.find(batch.scope(), batch.id())
                            .orElseThrow(() -> WaybillException.notFound(
                                    "batch", batch.id().value()));
                    throw now.conflict(NO_DRAFT);
                });
    }

    private static List<String> named(List<String> objects) {
        return objects.subList(0, Math.min(objects.size(), NAMED));
    }
}
