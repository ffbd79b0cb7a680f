package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Task that runs one tier: dispatches its objects to workers in chunks, polls how many are done, and adds up the
 * results. Like {@link BatchTask} it never waits, and any instance may do its next step.
 */
@Component
class TierTask implements TaskHandler {

    static final String NAME = "batches.tier";

    private static final Duration CHECKED_EVERY = Duration.ofSeconds(20);
    private static final int PAGE = 500;

    private final BatchStore store;
    private final BatchResultStore results;
    private final ChunkScheduler chunkScheduler;
    private final BatchProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    TierTask(
            BatchStore store,
            BatchResultStore results,
            ChunkScheduler chunkScheduler,
            BatchProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.results = results;
        this.chunkScheduler = chunkScheduler;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        int number = BatchTaskPayload.number(run, "tier");
        Optional<BatchEntity> found = BatchTaskPayload.inRun(store, run);
        if (found.isEmpty()) {
            return new TaskOutcome.Canceled();
        }
        BatchEntity batch = found.get();
        Tier tier = batch.tiers().get(number);
        if (tier.state().status().isFinal()) {
            return outcome(tier.state());
        }
        if (batch.status() != TaskStatus.PROCESSING || batch.tierInProgress() != number) {
            return new TaskOutcome.Canceled();
        }
        Tier.State state = start(batch, tier, run);
        long done = results.countDone(batch, number);
        if (state.expected() == null) {
            state = dispatch(run, batch, tier, state);
            if (run.canceled()) {
                return new TaskOutcome.Canceled();
            }
        }
        Long expected = state.expected();
        long objects = expected == null ? Math.max(batch.objectCount(), state.dispatchedCount()) : expected;
        run.progress(Math.min(done, objects), objects);
        if (expected == null || done < expected) {
            check(batch, tier, state, run);
            return new TaskOutcome.Later(properties.poll(state.age(clock.instant())));
        }
        return end(batch, tier, state);
    }

    /** Only some at once: other tasks would have to queue behind all that is dispatched. */
    private Tier.State dispatch(TaskRun run, BatchEntity batch, Tier tier, Tier.State state) {
        int size = chunkSize(batch, state);
        String last = state.handedOutTo();
        long open = last == null ? 0 : state.dispatchedCount() - results.countDone(batch, tier.number(), last);
        long capacity = (long) properties.chunksAtOnce() * size - open;
        if (capacity <= 0) {
            return state;
        }
        Tier.State after = chunkScheduler.dispatch(batch, tier, state, size, capacity, run::canceled);
        if (run.canceled()) {
            return state;
        }
        faults.reach("batches.handed-out");
        store.tier(batch, tier.number(), after, clock.instant());
        return after;
    }

    private Tier.State start(BatchEntity batch, Tier tier, TaskRun run) {
        if (tier.state().status() == TaskStatus.PROCESSING) {
            return tier.state();
        }
        Tier.State begun = new Tier.State(
                TaskStatus.PROCESSING,
                run.task().id().value(),
                properties.chunkSize(batch.objectCount()),
                null,
                null,
                null,
                clock.instant(),
                null,
                null,
                null);
        store.tier(batch, tier.number(), begun, clock.instant());
        faults.reach("batches.tier-started");
        return begun;
    }

    /** Workers that were given up record nothing; their objects are recorded as failed in their stead. */
    private void check(BatchEntity batch, Tier tier, Tier.State state, TaskRun run) {
        Instant now = clock.instant();
        Instant checked = state.checkedAt();
        if (checked != null && checked.plus(CHECKED_EVERY).isBefore(now)) {
            boolean all = state.expected() != null;
            if (all || state.handedOutTo() != null) {
                chunkScheduler.recoverLost(
                        batch, tier, chunkSize(batch, state), all ? null : state.handedOutTo(), run::canceled);
            }
            store.tier(batch, tier.number(), state.checked(now), now);
        }
    }

    /** As it was when the tier started: with another size, chunks would overlap with those in progress. */
    private int chunkSize(BatchEntity batch, Tier.State state) {
        Integer size = state.chunkSize();
        return size == null ? properties.chunkSize(batch.objectCount()) : size;
    }

    private TaskOutcome end(BatchEntity batch, Tier tier, Tier.State state) {
        TierSummary.Counter counter = new TierSummary.Counter();
        String last = null;
        while (true) {
            List<BatchResultEntity> page = results.after(batch, tier.number(), last, PAGE);
            if (page.isEmpty()) {
                break;
            }
            page.forEach(counter::add);
            last = page.getLast().objectId();
        }
        TierSummary tierSummary = counter.sums();
        TaskStatus as = tierSummary.failed() == 0
                ? TaskStatus.COMPLETED
                : tierSummary.failed() == tierSummary.objects() && tierSummary.documents() == 0
                        ? TaskStatus.FAILED
                        : TaskStatus.COMPLETED_WITH_ERRORS;
        Tier.State ended = state.ended(as, tierSummary, clock.instant());
        if (!store.tier(batch, tier.number(), ended, clock.instant())) {
            // Perhaps another worker, which took over the lease of this one, ended it just now.
            return store.findForWork(batch.scope(), batch.id())
                    .filter(now -> now.run() == batch.run())
                    .map(now -> now.tiers().get(tier.number()).state())
                    .map(TierTask::outcome)
                    .orElseGet(TaskOutcome.Canceled::new);
        }
        faults.reach("batches.tier-ended");
        return outcome(ended);
    }

    private static TaskOutcome outcome(Tier.State state) {
        TierSummary tierSummary = state.tally();
        if (tierSummary == null) {
            return new TaskOutcome.Canceled();
        }
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("objects", tierSummary.objects());
        counts.put("failed", tierSummary.failed());
        counts.put("documents_written", tierSummary.documents());
        if (!tierSummary.errorSummary().isEmpty()) {
            counts.put("error_summary", tierSummary.errorSummary());
        }
        String error = "%d of %d objects failed".formatted(tierSummary.failed(), tierSummary.objects());
        return switch (state.status()) {
            case COMPLETED -> new TaskOutcome.Completed(List.of(counts), Map.of());
            case COMPLETED_WITH_ERRORS -> new TaskOutcome.CompletedWithErrors(List.of(counts), Map.of(), error);
            default -> new TaskOutcome.Failed(List.of(counts), Map.of(), error);
        };
    }
}
