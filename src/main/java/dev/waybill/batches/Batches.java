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
 * Makes batches, adds to drafts, and sets them to work; the door to batches for the rooms above, and for the one of objects
 * below. The watch comes first; then the batch says that it is QUEUED and by which task; the task's id is derived, so whoever
 * comes after a crash submits the same one.
 */
@Component
public class Batches implements ObjectProcessing {

    /** How many objects an answer names. */
    private static final int NAMED = 1000;

    private static final String NO_DRAFT = "; objects can be added to a DRAFT only. Create a new batch.";

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchReconciler watch;
    private final BatchEvents news;
    private final Collections collections;
    private final NamespaceExtractors extractors;
    private final Tasks tasks;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final InstantSource clock;

    Batches(
            BatchStore store,
            BatchItemStore items,
            BatchReconciler watch,
            BatchEvents news,
            Collections collections,
            NamespaceExtractors extractors,
            Tasks tasks,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.items = items;
        this.watch = watch;
        this.news = news;
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
        // Of a request that is not run again there is nothing to be found.
        Task task = ids.isRepeating() ? process(scope, bucket, id, objects) : begun(scope, bucket, id, objects);
        return new Started(id.value(), task.id().toString());
    }

    /** Whether a batch of that bucket would find anything to do. */
    public boolean haveWork(Scope scope, BucketId bucket) {
        return !collections.over(scope, bucket).isEmpty()
                || !extractors.of(scope).isEmpty();
    }

    /**
     * Makes a batch of that id and submits it. Repeatable: with an id that is derived from what the objects came from,
     * doing it again after a crash makes no second batch and no second task, also when the batch was deleted since.
     *
     * @param objects of that bucket; at least one
     * @return the batch's task as it stands
     */
    public Task process(Scope scope, BucketId bucket, BatchId id, List<ObjectId> objects) {
        // The task outlives the batch.
        return tasks.find(scope.organization(), BatchEntity.taskOfRun(scope, id, 1))
                .orElseGet(() -> begun(scope, bucket, id, objects));
    }

    private Task begun(Scope scope, BucketId bucket, BatchId id, List<ObjectId> objects) {
        return submit(
                make(scope, bucket, id, objects.stream().map(ObjectId::value).toList()));
    }

    /** A new draft; one of that id that is there already is answered as it stands. It shows when it is whole. */
    BatchEntity make(Scope scope, BucketId bucket, BatchId id, List<String> objects) {
        List<String> distinct = objects.stream().distinct().toList();
        BatchEntity batch = BatchEntity.draft(scope, bucket, id, named(distinct), distinct.size(), clock.instant());
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
                    // Submitted in between: what was added too late is taken back.
                    items.remove(batch, added);
                    BatchEntity now = store.find(batch.scope(), batch.id())
                            .orElseThrow(() -> WaybillException.notFound("batch", batch.batchId()));
                    throw now.conflict(NO_DRAFT);
                });
    }

    /** Sets a draft to work; the task of one that was submitted before is answered as it stands. */
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
            watch.beginning(batch, 1);
            store.submit(batch, tiers, items.count(batch), task, clock.instant());
            faults.reach("batches.queued");
        }
        return tasks.submit(batch.work(task, tiers));
    }

    /**
     * Another run of one that ended; false when somebody else began one first.
     *
     * @param request what asks for it
     */
    boolean retry(BatchEntity batch, RetrySelection terms, String request) {
        TaskId task = batch.taskOfRun(batch.run() + 1);
        List<Tier> tiers = batch.tiers().stream().map(Tier::pending).toList();
        news.makeUp(batch); // its end is overwritten
        watch.beginning(batch, batch.run() + 1);
        if (!store.retry(batch, terms, request, tiers, task, clock.instant())) {
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
