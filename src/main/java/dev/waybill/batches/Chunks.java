package dev.waybill.batches;

import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
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
     * What was handed out just now.
     *
     * @param objects how many, those included that are done already
     * @param last the last of them, or the one before if there are none; null when there is none at all
     * @param all whether nothing comes after them
     */
    record HandedOut(long objects, @Nullable String last, boolean all) {}

    /**
     * Submits a task for each of the next pieces with something left to do.
     *
     * @param size how many objects a piece has
     * @param after the last object that was handed out before; null begins with the first
     * @param most how many objects that are not done may be handed out, but for the rest of a piece
     */
    HandedOut handOut(
            BatchDocument batch, Tier tier, int size, @Nullable String after, long most, BooleanSupplier stop) {
        long objects = 0;
        long open = 0;
        String last = after;
        while (open < most && !stop.getAsBoolean()) {
            List<String> chunk = items.after(batch, last, size);
            if (chunk.isEmpty()) {
                return new HandedOut(objects, last, true);
            }
            int left = openOf(batch, tier, chunk).size();
            if (left > 0) {
                submit(batch, tier, chunk, 0);
            }
            open += left;
            objects += chunk.size();
            last = chunk.getLast();
        }
        return new HandedOut(objects, last, false);
    }

    /**
     * Tells the objects of failed workers as failed, and hands out again what others left open.
     *
     * @param upTo the last object that was handed out; null when all were
     */
    void giveUpLost(BatchDocument batch, Tier tier, int size, @Nullable String upTo, BooleanSupplier stop) {
        String last = null;
        while ((last == null || !last.equals(upTo)) && !stop.getAsBoolean()) {
            List<String> chunk = items.after(batch, last, size);
            if (chunk.isEmpty()) {
                return;
            }
            if (!openOf(batch, tier, chunk).isEmpty()) {
                goOn(batch, tier, chunk);
            }
            last = chunk.getLast();
        }
    }

    private void goOn(BatchDocument batch, Tier tier, List<String> ids) {
        for (int round = 0; round < ROUNDS; round++) {
            TaskStatus status = submit(batch, tier, ids, round).status();
            if (!status.isFinal()) {
                return;
            }
            // Seen after the end, so it is not just being done.
            Map<String, @Nullable BatchResultDocument> open = openOf(batch, tier, ids);
            if (open.isEmpty()) {
                return;
            }
            if (status == TaskStatus.FAILED || round == ROUNDS - 1) {
                open.forEach((id, before) -> standings.record(
                        batch,
                        ResultBuilder.broken(
                                batch, tier, id, GIVEN_UP, BatchResultStore.retries(before), clock.instant())));
                return;
            }
        }
    }

    /** Those that are not done, with what is known of them. */
    private Map<String, @Nullable BatchResultDocument> openOf(BatchDocument batch, Tier tier, List<String> ids) {
        Map<String, BatchResultDocument> known = results.findAll(batch, tier.number(), ids);
        Map<String, @Nullable BatchResultDocument> open = new LinkedHashMap<>();
        for (String id : ids) {
            if (!BatchResultStore.isDone(known.get(id))) {
                open.put(id, known.get(id));
            }
        }
        return open;
    }

    private Task submit(BatchDocument batch, Tier tier, List<String> ids, int round) {
        return tasks.submit(batch.work(
                batch.taskOfChunk(tier.number(), ids, round),
                TaskType.ENGINE_OBJECT_PROCESSING,
                ChunkTask.NAME,
                Map.of("run", batch.run(), "tier", tier.number(), "object_ids", ids),
                Map.of("tier_num", tier.number(), "object_count", ids.size())));
    }
}
