package dev.waybill.batches;

import dev.waybill.processing.ObjectResult;
import dev.waybill.processing.ReadFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The totals of a tier that is over.
 *
 * @param objects those that were done, failed ones among them
 * @param failed objects of which something failed
 * @param skipped objects that had nothing to process
 * @param sources blobs or documents that were read
 * @param missing those that no extractor of the tier takes
 * @param submitted readings of one source by one extractor
 * @param documents what was written
 * @param errors alike ones together, the most frequent first; bounded
 * @param errorSummary failures by category
 */
record TierSummary(
        long objects,
        long failed,
        long skipped,
        long sources,
        long missing,
        long submitted,
        long documents,
        List<ObjectResult.OfStep> steps,
        List<OfError> errors,
        Map<String, Long> errorSummary) {

    /**
     * Failures of one kind.
     *
     * @param affected the first of the objects
     */
    record OfError(String category, String extractor, String message, List<String> affected, long count) {}

    /** Adds up the results of a tier; holds sums only, however many there are. Not thread-safe. */
    static final class Counter {

        private static final int MAX_KINDS = 50;
        private static final int MAX_AFFECTED = 100;
        private static final String OTHERS = "Other failures; failed-documents lists them all";

        private record Kind(String category, String extractor, String message) {}

        private static final class Group {
            private final List<String> affected = new ArrayList<>();
            private long count;

            void add(String object) {
                count++;
                if (affected.size() < MAX_AFFECTED && !affected.contains(object)) {
                    affected.add(object);
                }
            }
        }

        private final Map<String, long[]> steps = new LinkedHashMap<>();
        private final Map<Kind, Group> kinds = new LinkedHashMap<>();
        private final Map<String, Long> byCategory = new TreeMap<>();
        private long objects;
        private long failed;
        private long skipped;
        private long sources;
        private long missing;
        private long submitted;
        private long documents;

        void add(BatchResultEntity result) {
            objects++;
            switch (result.status()) {
                case FAILED -> failed++;
                case SKIPPED -> skipped++;
                default -> {}
            }
            sources += result.sources();
            missing += result.missing();
            submitted += result.submitted();
            documents += result.documents();
            for (ObjectResult.OfStep step : result.steps()) {
                long[] sums = steps.computeIfAbsent(step.origin(), origin -> new long[2]);
                sums[0] += step.documents();
                sums[1] += step.failed();
            }
            result.errors().forEach(error -> add(result.objectId(), error));
        }

        private void add(String object, ReadFailure failure) {
            byCategory.merge(failure.category(), 1L, Long::sum);
            Kind kind = new Kind(failure.category(), failure.extractor(), failure.message());
            if (!kinds.containsKey(kind) && kinds.size() >= MAX_KINDS) {
                kind = new Kind(failure.category(), failure.extractor(), OTHERS);
            }
            kinds.computeIfAbsent(kind, any -> new Group()).add(object);
        }

        TierSummary sums() {
            return new TierSummary(
                    objects,
                    failed,
                    skipped,
                    sources,
                    missing,
                    submitted,
                    documents,
                    steps.entrySet().stream()
                            .map(step -> new ObjectResult.OfStep(step.getKey(), step.getValue()[0], step.getValue()[1]))
                            .toList(),
                    kinds.entrySet().stream()
                            .sorted(Comparator.comparingLong(kind -> -kind.getValue().count))
                            .map(kind -> new OfError(
                                    kind.getKey().category(),
                                    kind.getKey().extractor(),
                                    kind.getKey().message(),
                                    kind.getValue().affected,
                                    kind.getValue().count))
                            .toList(),
                    byCategory);
        }
    }
}
