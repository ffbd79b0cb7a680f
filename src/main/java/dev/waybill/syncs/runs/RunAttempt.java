package dev.waybill.syncs.runs;

import dev.waybill.buckets.Bucket;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.transfer.AdaptiveConcurrency;
import dev.waybill.syncs.transfer.FileTags;
import dev.waybill.syncs.transfer.RunCost;
import dev.waybill.syncs.transfer.Transfer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The context of one worker's attempt at a run.
 *
 * @param sync as it was when the run was claimed, with this worker's fencing token
 * @param run the run's id
 * @param location identity of the source location; see {@link dev.waybill.connectors.Connector#location}
 * @param maxFileBytes how large a file may be
 * @param refusal the error when that many more bytes exceed the organization's quota; empty when they surely do not
 */
record RunAttempt(
        SyncEntity sync,
        String run,
        Bucket bucket,
        Source source,
        SourcePath path,
        String location,
        FileTags tags,
        FileFilters filters,
        SchemaMapping mapping,
        long maxFileBytes,
        LongFunction<Optional<WaybillException>> refusal,
        AdaptiveConcurrency concurrency,
        RunCost cost,
        HaltReason halt)
        implements Transfer {

    @Override
    public String provider() {
        return sync.provider();
    }

    /**
     * Records throttling by the source. A longer wait than {@link SyncProperties#longestPause} halts the attempt.
     *
     * @param retryAfter how long to wait; null when it did not say
     */
    void throttled(@Nullable Duration retryAfter) {
        cost.throttles.increment();
        if (retryAfter == null || concurrency.canWait(retryAfter)) {
            concurrency.throttled(retryAfter);
        } else {
            halt.because(new HaltReason.Reason.Away(retryAfter));
        }
    }

    @Override
    public void requireQuota(long bytes) {
        refusal.apply(bytes).ifPresent(exceeded -> {
            throw exceeded;
        });
    }

    /** The quota is exhausted: ends the run, as every further file would fail as well. */
    void quotaExhausted(WaybillException why) {
        halt.because(new HaltReason.Reason.Failed(new Failure(why.code().name(), why.getMessage(), false), null));
    }
}
