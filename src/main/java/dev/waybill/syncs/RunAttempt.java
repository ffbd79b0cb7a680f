package dev.waybill.syncs;

import dev.waybill.buckets.Bucket;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.SyncRunEntity.Failure;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One worker's work on a run, with all that stays the same meanwhile.
 *
 * @param sync as it was when the run was taken up, with this worker's fence
 * @param run the run's id
 * @param place whose files they are; see {@link dev.waybill.connectors.Connector#place}
 * @param maxFileBytes how large a file may be
 * @param refusal why so many more bytes are more than the organization may store; empty where they surely are not
 */
record RunAttempt(
        SyncEntity sync,
        String run,
        Bucket bucket,
        Source source,
        SourcePath path,
        String place,
        FileTags tags,
        FileFilters filters,
        SchemaMapping mapping,
        long maxFileBytes,
        LongFunction<Optional<WaybillException>> refusal,
        AdaptiveConcurrency pace,
        RunCost meter,
        HaltReason halt)
        implements Transfer {

    @Override
    public String provider() {
        return sync.provider();
    }

    /**
     * The source asks for patience. More than a worker has makes it leave.
     *
     * @param asked for how long; null when it did not say
     */
    void throttled(@Nullable Duration asked) {
        meter.throttles.increment();
        if (asked == null || pace.bears(asked)) {
            pace.throttled(asked);
        } else {
            halt.because(new HaltReason.Reason.Away(asked));
        }
    }

    @Override
    public void requireRoom(long bytes) {
        refusal.apply(bytes).ifPresent(full -> {
            throw full;
        });
    }

    /** The organization may store no more: the run ends, as every further file would. */
    void full(WaybillException why) {
        halt.because(new HaltReason.Reason.Failed(new Failure(why.code().name(), why.getMessage(), false), null));
    }
}
