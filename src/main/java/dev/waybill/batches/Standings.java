package dev.waybill.batches;

import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes down what became of an object, first at the object itself and then in the batch: so a crash repeats both. */
@Component
class Standings {

    private final Objects objects;
    private final BatchResultStore results;

    Standings(Objects objects, BatchResultStore results) {
        this.objects = objects;
        this.results = results;
    }

    /** @return false when a later run's result is there already */
    boolean record(Batch batch, ObjectResult result) {
        tell(batch, result);
        return results.save(batch, result);
    }

    private void tell(Batch batch, ObjectResult result) {
        List<ObjectResult> all = new ArrayList<>(List.of(result));
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
        String error = failed.flatMap(one ->
                        one.errors().stream().map(ObjectResult.Failure::message).findFirst())
                .orElse(null);
        try {
            objects.processed(batch.scope(), batch.bucket(), new ObjectId(result.objectId()), status, error);
        } catch (WaybillException malformed) {
            // What is no object's id was let into the batch unchecked; there is nothing to tell.
        }
    }
}
