package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.processing.LeaseCheck;
import dev.waybill.processing.ObjectProcessor;
import dev.waybill.processing.ObjectResult;
import dev.waybill.processing.TierStep;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Task that does a tier's work for a chunk of objects, one after the other; many run side by side, on all instances.
 * Results are stored object by object, so that whoever takes the task over begins where it stopped.
 */
@Component
class ChunkTask implements TaskHandler {

    static final String NAME = "batches.objects";

    private static final Logger LOG = LoggerFactory.getLogger(ChunkTask.class);
    private static final String BROKEN =
            "Work on the object failed repeatedly, for a reason that the service's log tells";

    /**
     * By then what was passing has passed: an object that still fails is recorded as failed, and its neighbours go on.
     */
    private static final int LAST_ATTEMPT = 3;

    private final BatchStore store;
    private final BatchResultStore results;
    private final ResultRecorder resultRecorder;
    private final ObjectProcessor processor;
    private final BatchProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    ChunkTask(
            BatchStore store,
            BatchResultStore results,
            ResultRecorder resultRecorder,
            ObjectProcessor processor,
            BatchProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.results = results;
        this.resultRecorder = resultRecorder;
        this.processor = processor;
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

    /** The batch is canceled, not a part of it. */
    @Override
    public boolean cancelable() {
        return false;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        List<String> ids = ids(run.payload());
        try {
            return work(run, ids);
        } catch (StorageException unavailable) {
            return new TaskOutcome.Later(properties.storageRetry());
        } catch (LeaseCheck.Over over) {
            return abandon(run, ids);
        }
    }

    private TaskOutcome work(TaskRun run, List<String> ids) {
        int number = BatchTaskPayload.number(run, "tier");
        Map<String, Integer> open = results.open(requireActive(run), number, ids);
        Instant turnEnds = clock.instant().plus(properties.turn());
        boolean worked = false;
        int done = 0;
        for (String id : ids) {
            Integer retries = open.get(id);
            if (retries != null) {
                if (worked && clock.instant().isAfter(turnEnds)) {
                    return new TaskOutcome.Later(Duration.ZERO);
                }
                worked = true;
                attempt(run, requireActive(run), number, id, retries);
            }
            run.progress(++done, ids.size());
        }
        return new TaskOutcome.Completed(List.of(Map.of("objects", ids.size())), Map.of());
    }

    private void attempt(TaskRun run, BatchEntity batch, int number, String id, int retries) {
        try {
            process(run, batch, number, id, retries);
        } catch (StorageException | LeaseCheck.Over expected) {
            throw expected;
        } catch (RuntimeException e) {
            if (run.attempt() < LAST_ATTEMPT || run.canceled() || !store.isInProgress(batch)) {
                throw e;
            }
            LOG.error("Work on {} of batch {} failed {} times", id, batch.id(), run.attempt(), e);
            processor.removeDocuments(batch.ref(), batch.tiers().get(number).steps(), id);
            ObjectResult broken = ObjectResult.broken(BROKEN, clock.instant());
            record(batch, BatchResultEntity.of(batch, number, id, retries, broken));
        }
    }

    private void process(TaskRun run, BatchEntity batch, int number, String id, int retries) {
        boolean patient =
                run.task().createdAt().plus(properties.storagePatience()).isAfter(clock.instant());
        // The object at hand is read to its end though the batch was canceled: nothing is left half made.
        LeaseCheck leaseCheck = () -> !run.canceled() && store.isInRun(batch);
        List<TierStep> steps = batch.tiers().get(number).steps();
        ObjectResult result = processor.process(batch.ref(), number, steps, id, patient, leaseCheck);
        faults.reach("batches.object-read");
        if (run.canceled() || !store.isInProgress(batch)) {
            // An interrupted reading may look like a broken file; and what was canceled is begun anew by a retry.
            throw new LeaseCheck.Over();
        }
        record(batch, BatchResultEntity.of(batch, number, id, retries, result));
        faults.reach("batches.object-recorded");
    }

    private void record(BatchEntity batch, BatchResultEntity result) {
        if (!resultRecorder.record(batch, result)) {
            throw new LeaseCheck.Over();
        }
    }

    /** Also for a worker that crashed right after it marked an object as PROCESSING. */
    private TaskOutcome abandon(TaskRun run, List<String> ids) {
        BatchTaskPayload.inRun(store, run).ifPresent(batch -> resultRecorder.updateStopped(batch, ids));
        return new TaskOutcome.Canceled();
    }

    /**
     * @throws LeaseCheck.Over when the batch was canceled, deleted or begun anew, or the lease of this task was lost
     */
    private BatchEntity requireActive(TaskRun run) {
        return BatchTaskPayload.inRun(store, run)
                .filter(batch -> batch.status() == TaskStatus.PROCESSING && !run.canceled())
                .orElseThrow(LeaseCheck.Over::new);
    }

    private static List<String> ids(Map<String, Object> payload) {
        return payload.get("object_ids") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
