package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a bucket that go through the tiers together.
 *
 * @param objectIds the first of them; the rest is kept as {@link BatchItemDocument}s only. Empty for
 *     work, which asks for those
 * @param objectCount how many there are in all
 * @param run 0 for a draft, 1 once it was submitted, one more with each retry
 * @param task the one of this run; null for a draft
 * @param tiers what is to be done, as it was found when the batch was submitted; empty for a draft
 * @param currentTier null for a draft
 * @param retry what the retry that this run is was asked for; null for the first run
 */
record Batch(
        BatchId id,
        Scope scope,
        BucketId bucket,
        TaskStatus status,
        List<String> objectIds,
        long objectCount,
        Map<String, Object> metadata,
        int run,
        @Nullable TaskId task,
        List<Tier> tiers,
        @Nullable Integer currentTier,
        @Nullable RetryTerms retry,
        @Nullable String error,
        Map<String, Long> errorSummary,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What a retry runs again.
     *
     * @param transientOnly only what may work another time
     * @param tiers only these; empty for all
     * @param maxRetries nothing that was retried so often already
     */
    record RetryTerms(boolean transientOnly, List<Integer> tiers, int maxRetries) {

        boolean means(Tier tier) {
            return tiers.isEmpty() || tiers.contains(tier.number());
        }
    }

    /** Whether it was submitted and is not over. */
    boolean isActive() {
        return status == TaskStatus.QUEUED || status == TaskStatus.PROCESSING;
    }

    /** Whether it was stopped before it came to an end of its own. */
    boolean isStopped() {
        return status == TaskStatus.CANCELED || status == TaskStatus.FAILED;
    }

    /** Whether it came to an end of its own, or failed: what others are told of. */
    boolean isToBeToldOf() {
        return run > 0 && status.isFinal() && status != TaskStatus.CANCELED;
    }

    /** Derived, so that a step that is done again after a crash submits the same task. */
    TaskId taskOfRun(int number) {
        return taskOfRun(scope, id, number);
    }

    static TaskId taskOfRun(Scope scope, BatchId id, int number) {
        return derived(scope, id, "batch", number, "");
    }

    TaskId taskOfTier(int tier) {
        return derived(scope, id, "tier", run, String.valueOf(tier));
    }

    /**
     * @param objects all of the piece; other pieces may begin with the same one, when the size of pieces was changed
     * @param round 0 at first, one more when it is handed out again
     */
    TaskId taskOfChunk(int tier, List<String> objects, int round) {
        return derived(
                scope,
                id,
                "chunk",
                run,
                "%d %s %s %d %d".formatted(tier, objects.getFirst(), objects.getLast(), objects.size(), round));
    }

    /**
     * 409 for what cannot be done with it in its status.
     *
     * @param why how the sentence goes on after the status
     */
    WaybillException conflict(String why) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "Batch '%s' is %s%s".formatted(id, status, why),
                Map.of("resource", "batch", "id", id.value(), "status", status.name()));
    }

    private static TaskId derived(Scope scope, BatchId id, String kind, int number, String what) {
        String name = "%s %s %d %s".formatted(kind, scope.key(id.value()), number, what);
        return TaskId.derivedFrom(name);
    }
}
