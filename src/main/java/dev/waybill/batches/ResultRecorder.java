package dev.waybill.batches;

import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.processing.ReadFailure;
import dev.waybill.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Records the outcome of an object, first in the object itself and then in the batch: so a crash repeats both. */
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

    /** @return false when a later run's result is stored already */
    boolean record(BatchEntity batch, BatchResultEntity result) {
        updateObject(batch, result);
        boolean stored = results.save(result);
        updateStopped(batch, List.of(result.objectId()));
        return stored;
    }

    /** Updates the status of the objects of a stopped batch: they are not processed any more. Repeatable. */
    void updateStopped(BatchEntity batch) {
        String last = null;
        while (store.hasObjectsToUpdate(batch)) {
            List<String> page = items.after(batch, last, PAGE);
            if (page.isEmpty()) {
                store.objectsUpdated(batch);
                return;
            }
            markStopped(batch, page);
            last = page.getLast();
        }
    }

    /**
     * Updates these objects the same way, if the batch was stopped or deleted: their last status may have been written
     * after that. Of one that was deleted their results are removed too, as they may have been written after the last
     * pass of its deletion.
     */
    void updateStopped(BatchEntity batch, List<String> ids) {
        Optional<BatchEntity> now = store.findForWork(batch.scope(), batch.id());
        if (now.isEmpty()) {
            results.remove(batch, ids);
        }
        if (now.map(current -> current.run() == batch.run() && current.isStopped())
                .orElse(true)) {
            markStopped(batch, ids);
        }
    }

    /** Malformed ids are skipped: the batch may have been created without validation. */
    private void markStopped(BatchEntity batch, List<String> ids) {
        objects.processingStopped(
                batch.scope(),
                batch.bucket(),
                ids.stream().map(ObjectId::parse).flatMap(Optional::stream).toList());
    }

    private void updateObject(BatchEntity batch, BatchResultEntity result) {
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
