package dev.waybill.batches;

import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes down what became of an object, first at the object itself and then in the batch: so a crash repeats both. */
@Component
class ResultRecorder {

    private static final int PAGE = 500;

    private final Objects objects;
    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchResultStore results;

    ResultRecorder(Objects objects, BatchStore store, BatchItemStore items, BatchResultStore results) {
        this.objects = objects;
        this.store = store;
        this.items = items;
        this.results = results;
    }

    /** @return false when a later run's result is there already */
    boolean record(BatchEntity batch, BatchResultEntity result) {
        tell(batch, result);
        boolean kept = results.save(result);
        tellStopped(batch, List.of(result.objectId()));
        return kept;
    }

    /** Tells the objects of a batch that was stopped that nobody works on them any more. Repeatable. */
    void tellStopped(BatchEntity batch) {
        String last = null;
        while (store.isToBeTold(batch)) {
            List<String> page = items.after(batch, last, PAGE);
            if (page.isEmpty()) {
                store.told(batch);
                return;
            }
            stopped(batch, page);
            last = page.getLast();
        }
    }

    /**
     * Tells these objects the same, if the batch was stopped or deleted: their last word may have come after that. Of one
     * that was deleted their results go too, as they may have come after the last pass of its deletion.
     */
    void tellStopped(BatchEntity batch, List<String> ids) {
        Optional<BatchEntity> now = store.findForWork(batch.scope(), batch.id());
        if (now.isEmpty()) {
            results.remove(batch, ids);
        }
        if (now.map(there -> there.run() == batch.run() && there.isStopped()).orElse(true)) {
            stopped(batch, ids);
        }
    }

    /** A batch may have been let have ids unchecked, so that some are none. */
    private void stopped(BatchEntity batch, List<String> ids) {
        objects.processingStopped(
                batch.scope(),
                batch.bucket(),
                ids.stream().map(ObjectId::parse).flatMap(Optional::stream).toList());
    }

    private void tell(BatchEntity batch, BatchResultEntity result) {
        List<BatchResultEntity> all = new ArrayList<>(List.of(result));
        List<Integer> others = batch.tiers().stream()
                .map(Tier::number)
                .filter(tier -> tier != result.tier())
                .toList();
        if (!others.isEmpty()) {
            all.addAll(results.ofObject(batch, result.objectId(), others));
        }
        var failed =
                all.stream().filter(one -> one.status() == TaskStatus.FAILED).findFirst();
        boolean over = all.size() == batch.tiers().size() && all.stream().allMatch(BatchResultStore::isDone);
        TaskStatus status =
                failed.isPresent() ? TaskStatus.FAILED : over ? TaskStatus.COMPLETED : TaskStatus.PROCESSING;
        String error = failed.flatMap(
                        one -> one.errors().stream().map(ReadFailure::message).findFirst())
                .orElse(null);
        ObjectId.parse(result.objectId())
                .ifPresent(id -> objects.processed(batch.scope(), batch.bucket(), id, status, error));
    }
}
