package dev.waybill.batches;

import java.util.List;
import java.util.Map;

/**
 * The sums of a tier that is over.
 *
 * @param objects those that were done, failed ones among them
 * @param failed objects of which something failed
 * @param skipped objects that brought nothing to do
 * @param sources blobs or documents that were looked at
 * @param missing those that no extractor of the tier takes
 * @param submitted readings of one source by one extractor
 * @param documents what was written
 * @param errors alike ones together, the most frequent first; bounded
 * @param errorSummary failures by category
 */
record Tally(
        long objects,
        long failed,
        long skipped,
        long sources,
        long missing,
        long submitted,
        long documents,
        List<OfStep> steps,
        List<OfError> errors,
        Map<String, Long> errorSummary) {

    /** The part of one step. */
    record OfStep(String origin, long documents, long failed) {}

    /**
     * Failures of one kind.
     *
     * @param affected the first of the objects
     */
    record OfError(String category, String extractor, String message, List<String> affected, long count) {}
}
