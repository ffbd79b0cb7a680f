package dev.waybill.batches;

import dev.waybill.collections.DocumentCollection;
import dev.waybill.collections.ExtractorUse;
import dev.waybill.processing.TierStep;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tier of a batch, as stored in the batch's document: steps that need nothing of each other.
 *
 * @param number from 0
 */
record Tier(int number, List<TierStep> steps, State state) {

    /**
     * Progress of the tier.
     *
     * @param chunkSize how many objects a chunk has; null before it starts
     * @param handedOut how many objects were dispatched to workers so far; null before the first were
     * @param handedOutTo the last of these, in the order of their ids
     * @param expected how many objects there are to do; null until all of them were dispatched
     * @param checkedAt when lost workers were last looked for
     * @param tally the sums; null until it is over
     */
    record State(
            TaskStatus status,
            @Nullable String taskId,
            @Nullable Integer chunkSize,
            @Nullable Long handedOut,
            @Nullable String handedOutTo,
            @Nullable Long expected,
            @Nullable Instant startedAt,
            @Nullable Instant checkedAt,
            @Nullable Instant completedAt,
            @Nullable TierSummary tally) {

        static final State PENDING =
                new State(TaskStatus.PENDING, null, null, null, null, null, null, null, null, null);

        long dispatchedCount() {
            return handedOut == null ? 0 : handedOut;
        }

        Duration age(Instant now) {
            return startedAt == null ? Duration.ZERO : Duration.between(startedAt, now);
        }

        /** @param next objects after those that were dispatched before */
        State dispatched(List<String> next, Instant now) {
            return dispatched(dispatchedCount() + next.size(), next.getLast(), null, now);
        }

        State allDispatched(Instant now) {
            return dispatched(dispatchedCount(), handedOutTo, dispatchedCount(), now);
        }

        private State dispatched(long objects, @Nullable String last, @Nullable Long all, Instant now) {
            return new State(status, taskId, chunkSize, objects, last, all, startedAt, now, completedAt, tally);
        }

        State checked(Instant now) {
            return new State(
                    status, taskId, chunkSize, handedOut, handedOutTo, expected, startedAt, now, completedAt, tally);
        }

        State ended(TaskStatus as, TierSummary sums, Instant now) {
            return new State(as, taskId, chunkSize, handedOut, handedOutTo, expected, startedAt, checkedAt, now, sums);
        }
    }

    /**
     * Plans the tiers of a batch.
     *
     * @param graph the collections over its bucket
     * @param otherwise the extractors to run where there are none
     */
    static List<Tier> plan(List<DocumentCollection> graph, Supplier<List<ExtractorUse>> otherwise) {
        SortedMap<Integer, List<TierStep>> byDepth = new TreeMap<>();
        for (DocumentCollection collection : graph) {
            byDepth.computeIfAbsent(collection.depth(), depth -> new ArrayList<>())
                    .add(TierStep.of(collection.id(), collection.parent(), collection.extractor()));
        }
        if (byDepth.isEmpty()) {
            byDepth.put(
                    0,
                    otherwise.get().stream()
                            .map(use -> TierStep.of(null, null, use))
                            .toList());
        }
        List<Tier> tiers = new ArrayList<>();
        byDepth.values().forEach(steps -> tiers.add(new Tier(tiers.size(), List.copyOf(steps), State.PENDING)));
        return tiers;
    }

    Tier pending() {
        return new Tier(number, steps, State.PENDING);
    }

    List<String> collectionIds() {
        return steps.stream()
                .flatMap(step -> Stream.ofNullable(step.collectionId()))
                .toList();
    }

    List<String> parentIds() {
        return steps.stream()
                .flatMap(step -> Stream.ofNullable(step.parentId()))
                .distinct()
                .toList();
    }
}
