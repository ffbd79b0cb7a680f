package dev.waybill.batches;

import dev.waybill.batches.Tier.Step;
import dev.waybill.collections.Collections;
import dev.waybill.collections.DocumentCollection;
import dev.waybill.collections.ExtractorUse;
import dev.waybill.namespaces.NamespaceExtractors;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Sets batches to work. The watch comes first; then the batch says that it is QUEUED and by which task; the task's id is
 * derived, so whoever comes after a crash submits the same one.
 */
@Component
class Submissions {

    private final BatchStore store;
    private final BatchItemStore items;
    private final Collections collections;
    private final NamespaceExtractors extractors;
    private final Tasks tasks;
    private final BatchWatch watch;
    private final BatchNews news;
    private final FaultPoints faults;
    private final InstantSource clock;

    Submissions(
            BatchStore store,
            BatchItemStore items,
            Collections collections,
            NamespaceExtractors extractors,
            Tasks tasks,
            BatchWatch watch,
            BatchNews news,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.items = items;
        this.collections = collections;
        this.extractors = extractors;
        this.tasks = tasks;
        this.watch = watch;
        this.news = news;
        this.faults = faults;
        this.clock = clock;
    }

    /** The task of its first run; empty when it was never submitted. It outlives the batch. */
    Optional<Task> first(Scope scope, BatchId id) {
        return tasks.find(scope.organization(), BatchDocument.taskOfRun(scope, id, 1));
    }

    /** Sets a draft to work; the task of one that was submitted before is answered as it stands. */
    Task submit(BatchDocument batch) {
        TaskId task = batch.task();
        if (task == null) {
            task = batch.taskOfRun(1);
            List<Tier> tiers = plan(batch);
            watch.beginning(batch, 1);
            store.submit(batch, tiers, items.count(batch), task, clock.instant());
            faults.reach("batches.queued");
        }
        return tasks.submit(batch.work(task));
    }

    /** What it has to do: the graph of collections over its bucket, or else the namespace's own extractors. */
    private List<Tier> plan(BatchDocument batch) {
        SortedMap<Integer, List<Step>> byDepth = new TreeMap<>();
        for (DocumentCollection collection : collections.over(batch.scope(), batch.bucket())) {
            byDepth.computeIfAbsent(collection.depth(), depth -> new ArrayList<>())
                    .add(Step.of(collection.id(), collection.parent(), collection.extractor()));
        }
        if (byDepth.isEmpty()) {
            byDepth.put(
                    0,
                    extractors.of(batch.scope()).stream()
                            .map(one -> new ExtractorUse(one.name(), one.version(), one.parameters()))
                            .map(use -> Step.of(null, null, use))
                            .toList());
        }
        List<Tier> tiers = new ArrayList<>();
        byDepth.values().forEach(steps -> tiers.add(new Tier(tiers.size(), List.copyOf(steps), Tier.State.PENDING)));
        return tiers;
    }

    /**
     * Another run of one that ended; false when somebody else began one first.
     *
     * @param request what asks for it
     */
    boolean retry(BatchDocument batch, RetryTerms terms, String request) {
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
}
