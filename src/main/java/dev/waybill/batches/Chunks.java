package dev.waybill.batches;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The pieces of a tier that workers take. A submitted batch's objects do not change, nor does the size of a tier's pieces,
 * so cutting them up again makes the same pieces, and tasks of the same ids.
 */
@Component
class Chunks {

    private static final String GIVEN_UP = "The worker failed repeatedly on the piece of work that this object is in";

    /** How often a piece is handed out that was ended with objects left open, in one run. */
    private static final int ROUNDS = 5;

    private final BatchItemStore items;
    private final BatchResultStore results;
    private final Standings standings;
    private final Tasks tasks;
    private final InstantSource clock;

    Chunks(BatchItemStore items, BatchResultStore results, Standings standings, Tasks tasks, InstantSource clock) {
        this.items = items;
        this.results = results;
        this.standings = standings;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * Submits a task for each piece with something left to do, and counts all objects.
     *
     * @param size how many objects a piece has
     */
    long handOut(Batch batch, Tier tier, int size, BooleanSupplier stop) {
        long[] objects = {0};
        forEach(batch, size, stop, ids -> {
            objects[0] += ids.size();
            if (!openOf(batch, tier, ids).isEmpty()) {
                submit(batch, tier, ids, 0);
            }
        });
        return objects[0];
    }

    /** Tells the objects of failed workers as failed, and hands out again what others left open. */
    void giveUpLost(Batch batch, Tier tier, int size, BooleanSupplier stop) {
        forEach(batch, size, stop, ids -> {
            if (!openOf(batch, tier, ids).isEmpty()) {
                goOn(batch, tier, ids);
            }
        });
    }

    private void goOn(Batch batch, Tier tier, List<String> ids) {
        for (int round = 0; round < ROUNDS; round++) {
            TaskStatus status = submit(batch, tier, ids, round).status();
            if (!status.isFinal()) {
                return;
            }
            // Seen after the end, so it is not just being done.
            Map<String, @Nullable ObjectResult> open = openOf(batch, tier, ids);
            if (open.isEmpty()) {
                return;
            }
            if (status == TaskStatus.FAILED || round == ROUNDS - 1) {
                open.forEach((id, before) -> standings.record(
                        batch,
                        ObjectResult.broken(
                                batch, tier, id, GIVEN_UP, BatchResultStore.retries(before), clock.instant())));
                return;
            }
        }
    }

    private void forEach(Batch batch, int size, BooleanSupplier stop, Consumer<List<String>> work) {
        List<String> chunk = items.after(batch, null, size);
        while (!chunk.isEmpty() && !stop.getAsBoolean()) {
            work.accept(chunk);
            chunk = items.after(batch, chunk.getLast(), size);
        }
    }

    /** Those that are not done, with what is known of them. */
    private Map<String, @Nullable ObjectResult> openOf(Batch batch, Tier tier, List<String> ids) {
        Map<String, ObjectResult> known = results.findAll(batch, tier.number(), ids);
        Map<String, @Nullable ObjectResult> open = new LinkedHashMap<>();
        for (String id : ids) {
            if (!BatchResultStore.isDone(known.get(id))) {
                open.put(id, known.get(id));
            }
        }
        return open;
    }

    private Task submit(Batch batch, Tier tier, List<String> ids, int round) {
        return tasks.submit(new NewTask(
                batch.taskOfChunk(tier.number(), ids, round),
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
