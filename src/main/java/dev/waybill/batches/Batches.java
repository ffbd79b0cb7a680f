package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskStatus;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes batches, adds to those that are drafts, and is the door to them for the rooms above and for objects below. */
@Component
public class Batches implements ObjectProcessing {

    /** How many objects an answer names. */
    private static final int NAMED = 1000;

    private static final String NO_DRAFT = "; objects can be added to a DRAFT only. Create a new batch.";

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchWatch watch;
    private final Submissions submissions;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final InstantSource clock;

    Batches(
            BatchStore store,
            BatchItemStore items,
            BatchWatch watch,
            Submissions submissions,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.items = items;
        this.watch = watch;
        this.submissions = submissions;
        this.ids = ids;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public Started process(Scope scope, BucketId bucket, List<ObjectId> objects) {
        BatchId id = new BatchId(ids.next(BatchId.PREFIX));
        Task task = process(scope, bucket, id, objects);
        return new Started(id.value(), task.id().toString());
    }

    /**
     * Makes a batch of that id and submits it. Repeatable: with an id that is derived from what the objects came from,
     * doing it again after a crash makes no second batch and no second task, also when the batch was deleted since.
     *
     * @param objects of that bucket; at least one
     * @return the batch's task as it stands
     */
    public Task process(Scope scope, BucketId bucket, BatchId id, List<ObjectId> objects) {
        return submissions.first(scope, id).orElseGet(() -> {
            List<String> names = objects.stream().map(ObjectId::value).toList();
            return submissions.submit(make(scope, bucket, id, names));
        });
    }

    /** A new draft; one of that id that is there already is answered as it stands. It shows when it is whole. */
    BatchDocument make(Scope scope, BucketId bucket, BatchId id, List<String> objects) {
        List<String> distinct = objects.stream().distinct().toList();
        BatchDocument batch = BatchDocument.draft(scope, bucket, id, named(distinct), distinct.size(), clock.instant());
        watch.making(batch);
        if (!store.insert(batch)) {
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
    BatchDocument add(BatchDocument batch, List<String> objects) {
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
                    BatchDocument now = store.find(batch.scope(), batch.id())
                            .orElseThrow(() -> WaybillException.notFound("batch", batch.batchId()));
                    throw now.conflict(NO_DRAFT);
                });
    }

    private static List<String> named(List<String> objects) {
        return objects.subList(0, Math.min(objects.size(), NAMED));
    }
}
