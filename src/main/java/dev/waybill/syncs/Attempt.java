package dev.waybill.syncs;

import dev.waybill.buckets.Bucket;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.filters.FileFilters;
import dev.waybill.syncs.mapping.SchemaMapping;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One worker's work on a run, with all that stays the same meanwhile.
 *
 * @param sync as it was when the run was taken up, with this worker's fence
 * @param run the run's id
 * @param maxFileBytes how large a file may be
 * @param bytesLeft how many bytes the organization may still store
 */
record Attempt(
        SyncDocument sync,
        String run,
        Bucket bucket,
        Source source,
        SourcePath path,
        FileFilters filters,
        SchemaMapping mapping,
        long maxFileBytes,
        LongSupplier bytesLeft,
        Pace pace,
        Meter meter,
        Halt halt,
        Consumer<String> warnings) {

    /** Adds a sentence to the run's warnings. */
    void warn(String warning) {
        warnings.accept(warning);
    }
}
