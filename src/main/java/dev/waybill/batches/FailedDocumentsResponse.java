package dev.waybill.batches;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import dev.waybill.processing.ReadFailure;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the objects of a batch that failed. */
@Schema(name = "FailedDocumentsResponse")
record FailedDocumentsResponse(
        @Schema(description = "The batch.", example = "btch_0VXsK2aQ3nB8xYz1")
        String batchId,

        @Schema(description = "An object stands here once for each tier that it failed in.")
        List<FailedObject> failedDocuments,

        @Schema(description = "Where the page stands in the list.")
        PaginationResponse pagination,

        @Schema(description = "How many there are in all.", example = "12")
        long totalCount,

        @Schema(description = "How many are told at most.", example = "100")
        int limit,

        @Schema(description = "How many were skipped.", example = "0")
        int offset) {

    /** An object that failed in a tier. */
    @Schema(name = "FailedDocument")
    record FailedObject(
            @Schema(description = "The object.", example = "obj_0VXsK2aQ3nB8xYz1")
            String objectId,

            @Schema(description = "The tier that it failed in, from 0.", example = "0")
            int tierNum,

            @Schema(description = "The category of the first failure.", example = "validation")
            String errorType,

            @Schema(description = "The first failure.", example = "The PDF is damaged")
            String message,

            @Schema(description = "Whether another run may do better.", example = "false")
            boolean isRetryable,

            @Schema(description = "How often it was run again.", example = "0")
            int retryCount,

            @Schema(description = "How many failures there are.", example = "1")
            long failureCount,

            @Schema(description = "The first 20 of them.") List<ExtractionFailure> errors,
            @Schema(description = "When it failed.") Instant failedAt) {

        static FailedObject of(BatchResultEntity result) {
            ReadFailure first = result.errors().getFirst();
            return new FailedObject(
                    result.objectId(),
                    result.tier(),
                    first.category(),
                    first.message(),
                    result.retryable(),
                    result.retries(),
                    result.failures(),
                    result.errors().stream().map(ExtractionFailure::of).toList(),
                    result.at());
        }
    }

    /** One failure of an extraction. */
    @Schema(name = "ExtractionFailure")
    record ExtractionFailure(
            @Schema(description = "What kind of failure it is.", example = "validation")
            String errorType,

            @Schema(description = "What went wrong, for the person reading.", example = "The PDF is damaged")
            String message,

            @Schema(description = "Left out when it concerns no single extractor.", example = "text_extractor_v1")
            @Nullable
            String featureExtractorId,

            @Schema(
                    description = "The collection that was being filled; left out where there is none.",
                    example = "col_0VXsK2aQ3nB8xYz1")
            @Nullable
            String collectionId,

            @Schema(
                    description = "The blob or document; left out when it concerns the whole object.",
                    example = "blob_0VXsK2aQ3nB8xYz1")
            @Nullable
            String sourceId) {

        static ExtractionFailure of(ReadFailure failure) {
            return new ExtractionFailure(
                    failure.category(),
                    failure.message(),
                    failure.extractor().isEmpty() ? null : failure.extractor(),
                    failure.collectionId(),
                    failure.source());
        }
    }

    /** @param failed with its total */
    static FailedDocumentsResponse of(BatchEntity batch, Page<BatchResultEntity> failed) {
        Long total = failed.total();
        Integer offset = failed.offset();
        return new FailedDocumentsResponse(
                batch.batchId(),
                failed.map(FailedObject::of).items(),
                PaginationResponse.of(failed),
                total == null ? 0 : total,
                failed.limit(),
                offset == null ? 0 : offset);
    }
}
