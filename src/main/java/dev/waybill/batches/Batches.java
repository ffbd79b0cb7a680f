package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.collections.Collections;
import dev.waybill.collections.ExtractorUse;
import dev.waybill.namespaces.NamespaceExtractors;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * API of this module for others: creates batches, adds to drafts, and submits them, for later modules, and as
 * {@link ObjectProcessing} for that of objects. Reconciliation is scheduled first; then the batch is stored as QUEUED with
 * its task; the task's id is derived, so a repeat after a crash submits the same one.
 */
@Component
public class Batches implements ObjectProcessing {

    /** How many objects a response names. */
    private static final int NAMED = 1000;

    private static final String NO_DRAFT = "; objects can be added to a DRAFT only. Create a new batch.";

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchReconciler reconciler;
    private final BatchEvents events;
    private final Collections collections;
    private final NamespaceExtractors extractors;
    private final Tasks tasks;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final InstantSource clock;

    Batches(
            BatchStore store,
            BatchItemStore items,
            BatchReconciler reconciler,
            BatchEvents events,
            Collections collections,
            NamespaceExtractors extractors,
            Tasks tasks,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.items = items;
        this.reconciler = reconciler;
        this.events = events;
        this.collections = collections;
        this.extractors = extractors;
        this.tasks = tasks;
        this.ids = ids;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public Started process(Scope scope, BucketId bucket, List<ObjectId> objects) {
        BatchId id = new BatchId(ids.next(BatchId.PREFIX));
        // A request that is not run again has nothing to find.
        Task task =
                ids.isRepeating() ? process(scope, bucket, id, objects) : createAndSubmit(scope, bucket, id, objects);
        return new Started(id.value(), task.id().toString());
    }

    /** Whether a batch of that bucket would have any work. */
    public boolean haveWork(Scope scope, BucketId bucket) {
        return !collections.over(scope, bucket).isEmpty()
                || !extractors.of(scope).isEmpty();
    }

    /**
     * Creates a batch of that id and submits it. Repeatable: with an id that is derived from what the objects came
     * from, a repeat after a crash makes no second batch and no second task, also when the batch was deleted since.
     *
     * @param objects of that bucket; at least one
     * @return the batch's task as it is now
     */
    public Task process(Scope scope, BucketId bucket, BatchId id, List<ObjectId> objects) {
        // The task outlives the batch.
        return tasks.find(scope.organization(), BatchEntity.taskOfRun(scope, id, 1))
                .orElseGet(() -> createAndSubmit(scope, bucket, id, objects));
    }

    private Task createAndSubmit(Scope scope, BucketId bucket, BatchId id, List<ObjectId> objects) {
        return submit(
                create(scope, bucket, id, objects.stream().map(ObjectId::value).toList()));
    }

    /** Creates a draft; an existing one of that id is returned as it is. It is visible when it is whole. */
    BatchEntity create(Scope scope, BucketId bucket, BatchId id, List<String> objects) {
        List<String> distinct = objects.stream().distinct().toList();
        BatchEntity batch = BatchEntity.draft(scope, bucket, id, named(distinct), distinct.size(), clock.instant());
        reconciler.scheduleCreation(batch);
        if (!store.insert(batch)) {
            var existing = store.find(scope, id);
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        faults.reach("batches.hidden");
        items.addAll(batch, distinct);
        faults.reach("batches.items-written");
        store.show(batch);
        return store.find(scope, id).orElse(batch);
    }

    /** Adds objects to a draft and returns it. */
    BatchEntity add(BatchEntity batch, List<String> objects) {
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
                    // Submitted in between: what was added too late is removed.
                    items.remove(batch, added);
                    BatchEntity now = store.find(batch.scope(), batch.id())
                            .orElseThrow(() -> WaybillException.notFound("batch", batch.batchId()));
                    throw now.conflict(NO_DRAFT);
                });
    }

    /** Submits a draft; the task of one that was submitted before is returned as it is. */
    Task submit(BatchEntity batch) {
        TaskId task = batch.task();
        List<Tier> tiers = batch.tiers();
        if (task == null) {
            task = batch.taskOfRun(1);
            tiers = Tier.plan(
                    collections.over(batch.scope(), batch.bucket()),
                    () -> extractors.of(batch.scope()).stream()
                            .map(one -> new ExtractorUse(one.name(), one.version(), one.parameters()))
                            .toList());
            reconciler.scheduleRun(batch, 1);
            store.submit(batch, tiers, items.count(batch), task, clock.instant());
            faults.reach("batches.queued");
        }
        return tasks.submit(batch.work(task, tiers));
    }

    /**
     * Begins another run of one that ended; false when somebody else began one first.
     *
     * @param requestId of the request that asks for it
     */
    boolean retry(BatchEntity batch, RetrySelection terms, String requestId) {
        TaskId task = batch.taskOfRun(batch.run() + 1);
        List<Tier> tiers = batch.tiers().stream().map(Tier::pending).toList();
        events.republishEnd(batch); // its end is overwritten
        reconciler.scheduleRun(batch, batch.run() + 1);
        if (!store.retry(batch, terms, requestId, tiers, task, clock.instant())) {
            return false;
        }
        faults.reach("batches.queued");
        tasks.submit(batch.work(task));
        return true;
    }

    private static List<String> named(List<String> objects) {
        return objects.subList(0, Math.min(objects.size(), NAMED));
    }
}
