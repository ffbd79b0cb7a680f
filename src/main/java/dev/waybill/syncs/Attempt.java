package dev.waybill.syncs;

import dev.waybill.buckets.Bucket;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One worker's work on a run, with all that stays the same meanwhile.
 *
 * @param sync as it was when the run was taken up, with this worker's fence
 * @param run the run's id
 * @param place whose files they are; see {@link dev.waybill.connectors.Connector#place}
 * @param maxFileBytes how large a file may be
 * @param bytesLeft how many bytes the organization may still store
 */
record Attempt(
        SyncDocument sync,
        String run,
        Bucket bucket,
        Source source,
        SourcePath path,
        String place,
        FileTags tags,
        FileFilters filters,
        SchemaMapping mapping,
        long maxFileBytes,
        LongSupplier bytesLeft,
        Pace pace,
        Meter meter,
        Halt halt) {

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
            halt.because(new Halt.Reason.Away(asked));
        }
    }

    /** @throws WaybillException 403 when that many bytes are more than the organization may store */
    void requireRoom(long bytes) {
        long left = bytesLeft.getAsLong();
        if (bytes > left || left <= 0) {
            throw new WaybillException(
                    ErrorCode.QUOTA_EXCEEDED,
                    "The storage quota is used up: %d bytes are left, and the next file has %d"
                            .formatted(Math.max(0, left), bytes));
        }
    }
}
