package dev.waybill.batches;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The pieces of a tier that workers take. A submitted batch's objects do not change, so cutting them up again makes the
 * same pieces, and tasks of the same ids.
 */
@Component
class Chunks {

    private static final String GIVEN_UP = "The worker failed repeatedly on the piece of work that this object is in";

    private final BatchItemStore items;
    private final BatchResultStore results;
    private final Standings standings;
    private final Tasks tasks;
    private final BatchProperties properties;
    private final InstantSource clock;

    Chunks(
            BatchItemStore items,
            BatchResultStore results,
            Standings standings,
            Tasks tasks,
            BatchProperties properties,
            InstantSource clock) {
        this.items = items;
        this.results = results;
        this.standings = standings;
        this.tasks = tasks;
        this.properties = properties;
        this.clock = clock;
    }

    /** Submits a task for each piece with something left to do, and counts all objects. */
    long handOut(Batch batch, Tier tier, BooleanSupplier stop) {
        long[] objects = {0};
        forEach(batch, stop, ids -> {
            objects[0] += ids.size();
            if (!openOf(ids, results.findAll(batch, tier.number(), ids)).isEmpty()) {
                submit(batch, tier, ids);
            }
        });
        return objects[0];
    }

    /** Tells the objects of failed workers as failed, and submits tasks that are not there. */
    void giveUpLost(Batch batch, Tier tier) {
        forEach(batch, () -> false, ids -> {
            Map<String, ObjectResult> known = results.findAll(batch, tier.number(), ids);
            List<String> open = openOf(ids, known);
            if (open.isEmpty()) {
                return;
            }
            Task task = submit(batch, tier, ids);
            if (task.status() == TaskStatus.FAILED || task.status() == TaskStatus.CANCELED) {
                open.forEach(id -> standings.record(
                        batch,
                        ObjectResult.broken(
                                batch,
                                tier,
                                id,
                                GIVEN_UP,
                                BatchResultStore.retries(known.get(id)),
                                clock.instant())));
            }
        });
    }

    private void forEach(Batch batch, BooleanSupplier stop, Consumer<List<String>> work) {
        int size = properties.chunkSize(batch.objectCount());
        List<String> chunk = items.after(batch, null, size);
        while (!chunk.isEmpty() && !stop.getAsBoolean()) {
            work.accept(chunk);
            chunk = items.after(batch, chunk.getLast(), size);
        }
    }

    private static List<String> openOf(List<String> ids, Map<String, ObjectResult> known) {
        return ids.stream()
                .filter(id -> !BatchResultStore.isDone(known.get(id)))
                .toList();
    }

    private Task submit(Batch batch, Tier tier, List<String> ids) {
        return tasks.submit(new NewTask(
                batch.taskOfChunk(tier.number(), ids.getFirst()),
                batch.scope().organization(),
                batch.scope().namespace(),
                TaskType.ENGINE_OBJECT_PROCESSING,
                ChunkTask.NAME,
                Map.of("batch_id", batch.id().value(), "run", batch.run(), "tier", tier.number(), "object_ids", ids),
                List.of(batch.id().value()),
                Map.of(
                        "batch_id", batch.id().value(),
                        "tier_num", tier.number(),
                        "object_count", ids.size())));
    }
}
