package dev.waybill.batches;

import dev.waybill.processing.ObjectResult;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Schedules the chunks of a tier as tasks. A submitted batch's objects do not change, nor does a tier's chunk size, so
 * cutting them up again makes the same chunks, and tasks of the same ids.
 */
@Component
class ChunkScheduler {

    private static final String GIVEN_UP = "The worker failed repeatedly on the piece of work that this object is in";

    /** How often a chunk is dispatched that ended with objects left open, in one run. */
    private static final int ROUNDS = 5;

    private final BatchItemStore items;
    private final BatchResultStore results;
    private final ResultRecorder resultRecorder;
    private final Tasks tasks;
    private final InstantSource clock;

    ChunkScheduler(
            BatchItemStore items,
            BatchResultStore results,
            ResultRecorder resultRecorder,
            Tasks tasks,
            InstantSource clock) {
        this.items = items;
        this.results = results;
        this.resultRecorder = resultRecorder;
        this.tasks = tasks;
        this.clock = clock;
    }

    /**
     * Submits a task for each of the next chunks with something left to do.
     *
     * @param state how far it was dispatched before
     * @param size how many objects a chunk has
     * @param most how many objects that are not done may be dispatched, but for the rest of a chunk
     * @return how far it is dispatched now
     */
    Tier.State dispatch(BatchEntity batch, Tier tier, Tier.State state, int size, long most, BooleanSupplier stop) {
        Tier.State now = state;
        long open = 0;
        while (open < most && !stop.getAsBoolean()) {
            List<String> chunk = items.after(batch, now.handedOutTo(), size);
            if (chunk.isEmpty()) {
                return now.allDispatched(clock.instant());
            }
            int left = results.open(batch, tier.number(), chunk).size();
            if (left > 0) {
                submit(batch, tier, chunk, 0);
            }
            open += left;
            now = now.dispatched(chunk, clock.instant());
        }
        return now;
    }

    /**
     * Records the objects of failed workers as failed, and dispatches again what others left open.
     *
     * @param upTo the last object that was dispatched; null when all were
     */
    void recoverLost(BatchEntity batch, Tier tier, int size, @Nullable String upTo, BooleanSupplier stop) {
        String last = null;
        while ((last == null || !last.equals(upTo)) && !stop.getAsBoolean()) {
            List<String> chunk = items.after(batch, last, size);
            if (chunk.isEmpty()) {
                return;
            }
            if (!results.open(batch, tier.number(), chunk).isEmpty()) {
                redispatch(batch, tier, chunk);
            }
            last = chunk.getLast();
        }
    }

    private void redispatch(BatchEntity batch, Tier tier, List<String> ids) {
        for (int round = 0; round < ROUNDS; round++) {
            TaskStatus status = submit(batch, tier, ids, round).status();
            if (!status.isFinal()) {
                return;
            }
            // Read after the end, so it is not just being done.
            Map<String, Integer> open = results.open(batch, tier.number(), ids);
            if (open.isEmpty()) {
                return;
            }
            if (status == TaskStatus.FAILED || round == ROUNDS - 1) {
                ObjectResult broken = ObjectResult.broken(GIVEN_UP, clock.instant());
                open.forEach((id, retries) ->
                        resultRecorder.record(batch, BatchResultEntity.of(batch, tier.number(), id, retries, broken)));
                return;
            }
        }
    }

    private Task submit(BatchEntity batch, Tier tier, List<String> ids, int round) {
        return tasks.submit(batch.work(
                batch.taskOfChunk(tier.number(), ids, round),
                TaskType.ENGINE_OBJECT_PROCESSING,
                ChunkTask.NAME,
                Map.of("run", batch.run(), "tier", tier.number(), "object_ids", ids),
                Map.of("tier_num", tier.number(), "object_count", ids.size())));
    }
}
