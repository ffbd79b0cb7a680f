package dev.waybill.batches;

import dev.waybill.processing.ObjectResult;
import dev.waybill.processing.TierStep;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tier of a batch as the API returns it. */
@Schema(name = "TierTaskInfo", description = "How far a tier of a batch is, and what came of it.")
record TierTaskInfo(
        @Schema(description = "From 0.", example = "0") int tierNum,

        @Schema(description = "Left out before the tier starts.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        @Nullable
        String taskId,

        @Schema(description = "How far it is.", example = "COMPLETED")
        TaskStatus status,

        @Schema(description = "Left out where the namespace's own extractors work without collections.") @Nullable
        List<String> collectionIds,

        @Schema(description = "One for each extractor at work.")
        List<ExtractorJobInfo> extractorJobs,

        @Schema(
                description = "What it reads.",
                example = "bucket",
                allowableValues = {"bucket", "collection"})
        String sourceType,

        @Schema(description = "The collections that it reads; left out where it reads the bucket.") @Nullable
        List<String> sourceCollectionIds,

        @Schema(description = "The batch's task.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90") @Nullable
        String parentTaskId,

        @Schema(description = "When it began; left out before.") @Nullable
        Instant startedAt,

        @Schema(description = "When it ended; left out before.") @Nullable
        Instant completedAt,

        @Schema(description = "How long it took, in milliseconds; left out before it ended.", example = "1830")
        @Nullable
        Long durationMs,

        @Schema(description = "Alike failures together, the most frequent first.")
        List<BatchErrorDetail> errors,

        @Schema(description = "Failures by category.", example = "{\"validation\": 3}") @Nullable
        Map<String, Long> errorSummary,

        @Schema(description = "Blobs or documents that were looked at by the extractors.", example = "1000") @Nullable
        Long sourceDocumentsFetched,

        @Schema(description = "Those that had something to read for their extractor.", example = "990") @Nullable
        Long documentsAfterSourceFilter,

        @Schema(description = "Those that the extractor does not take.", example = "10") @Nullable
        Long documentsMissingInputFields,

        @Schema(description = "Those that were read.", example = "990") @Nullable
        Long documentsSubmittedToEngine,

        @Schema(description = "Documents that were made.", example = "4210") @Nullable
        Long documentsWritten) {

    /** An extractor at work in a tier. */
    @Schema(name = "ExtractorJobInfo")
    record ExtractorJobInfo(
            @Schema(description = "The extractor.", example = "text_extractor_v1")
            String extractorType,

            @Schema(description = "The collection that it fills; left out where there is none.") @Nullable
            List<String> collectionIds,

            @Schema(description = "How far it is.", example = "COMPLETED")
            TaskStatus status,

            @Schema(description = "When it began; left out before.") @Nullable
            Instant startedAt,

            @Schema(description = "When it ended; left out before.") @Nullable
            Instant completedAt,

            @Schema(description = "How long it took, in milliseconds; left out before it ended.", example = "1830")
            @Nullable
            Long durationMs,

            @Schema(description = "How many documents it made; left out before it ended.", example = "4210") @Nullable
            Long documentsWritten,

            @Schema(description = "Alike failures together.")
            List<BatchErrorDetail> errors) {}

    /** Failures of one kind. */
    @Schema(name = "BatchErrorDetail")
    record BatchErrorDetail(
            @Schema(
                    description = "What kind of failure it is.",
                    example = "validation",
                    allowableValues = {"dependency", "authentication", "validation", "runtime", "network", "resource"})
            String errorType,

            @Schema(description = "What went wrong, for the person reading.", example = "The PDF is damaged")
            String message,

            @Schema(description = "The extractor; left out when it concerns none alone.", example = "text_extractor_v1")
            @Nullable
            String component,

            @Schema(description = "Where in the tier it happened.", example = "extraction")
            String stage,

            @Schema(description = "When the tier ended.") @Nullable
            Instant timestamp,

            @Schema(description = "The first 100 of the objects.")
            List<String> affectedDocumentIds,

            @Schema(description = "How many objects it hit.", example = "3")
            long affectedCount,

            @Schema(description = "Left empty.") Map<String, Object> metadata) {}

    static TierTaskInfo of(BatchEntity batch, Tier tier) {
        Tier.State state = tier.state();
        TierSummary tierSummary = state.tally();
        boolean stopped = batch.status().isFinal() && !state.status().isFinal();
        TaskStatus status = !stopped
                ? state.status()
                : batch.status() == TaskStatus.CANCELED ? TaskStatus.CANCELED : TaskStatus.SKIPPED;
        List<String> parents = tier.parentIds();
        return new TierTaskInfo(
                tier.number(),
                state.taskId(),
                status,
                orNull(tier.collectionIds()),
                tier.steps().stream().map(step -> job(state, status, step)).toList(),
                parents.isEmpty() ? "bucket" : "collection",
                orNull(parents),
                batch.taskId(),
                state.startedAt(),
                state.completedAt(),
                duration(state),
                tierSummary == null
                        ? List.of()
                        : tierSummary.errors().stream()
                                .map(error -> error(state, error))
                                .toList(),
                tierSummary == null || tierSummary.errorSummary().isEmpty() ? null : tierSummary.errorSummary(),
                tierSummary == null ? null : (Long) tierSummary.sources(),
                tierSummary == null ? null : (Long) tierSummary.submitted(),
                tierSummary == null ? null : (Long) tierSummary.missing(),
                tierSummary == null ? null : (Long) tierSummary.submitted(),
                tierSummary == null ? null : (Long) tierSummary.documents());
    }

    private static ExtractorJobInfo job(Tier.State state, TaskStatus tier, TierStep step) {
        TierSummary tierSummary = state.tally();
        String collection = step.collectionId();
        List<BatchErrorDetail> errors = tierSummary == null
                ? List.of()
                : tierSummary.errors().stream()
                        .filter(error -> error.extractor().equals(step.extractorId()))
                        .map(error -> error(state, error))
                        .toList();
        Stream<ObjectResult.OfStep> own = tierSummary == null
                ? Stream.empty()
                : tierSummary.steps().stream().filter(one -> one.origin().equals(step.origin()));
        ObjectResult.OfStep sums = own.findFirst().orElse(new ObjectResult.OfStep(step.origin(), 0, 0));
        // Objects that failed before an extractor ran over them count for none of its own failures.
        TaskStatus status = tierSummary == null || tier == TaskStatus.FAILED
                ? tier
                : sums.failed() == 0
                        ? TaskStatus.COMPLETED
                        : sums.documents() == 0 ? TaskStatus.FAILED : TaskStatus.COMPLETED_WITH_ERRORS;
        return new ExtractorJobInfo(
                step.extractorId(),
                collection == null ? null : List.of(collection),
                status,
                state.startedAt(),
                state.completedAt(),
                duration(state),
                tierSummary == null ? null : (Long) sums.documents(),
                errors);
    }

    private static BatchErrorDetail error(Tier.State state, TierSummary.OfError error) {
        return new BatchErrorDetail(
                error.category(),
                error.message(),
                error.extractor().isEmpty() ? null : error.extractor(),
                "extraction",
                state.completedAt(),
                error.affected(),
                error.count(),
                Map.of());
    }

    private static @Nullable Long duration(Tier.State state) {
        Instant from = state.startedAt();
        Instant to = state.completedAt();
        return from == null || to == null
                ? null
                : (Long) Duration.between(from, to).toMillis();
    }

    private static @Nullable List<String> orNull(List<String> ids) {
        return ids.isEmpty() ? null : ids;
    }
}
