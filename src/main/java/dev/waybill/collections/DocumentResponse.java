package dev.waybill.collections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document as the API returns it. */
@Schema(name = "DocumentModel", description = "One thing that an extractor read out of a source.")
record DocumentResponse(
        @Schema(description = "The document's id.", example = "doc_3fa1c09b77e24d5aa0b1c2d3")
        String documentId,

        @Schema(
                description = "Left out when one of the namespace's own extractors made it, without a collection.",
                example = "col_0VXsK2aQ3nB8xYz1")
        @Nullable
        String collectionId,

        @Schema(description = "The bucket that it all begins in.", example = "bkt_0VXsJ9cP1mA7wVu0")
        String bucketId,

        @Schema(description = "The object that it all begins with.", example = "obj_0VXsK2aQ3nB8xYz1")
        String objectId,

        @Schema(description = "The blob or the document that it was read from.", example = "blob_0VXsK2aQ3nB8xYz1")
        String sourceId,

        @Schema(description = "The extractor that made it.", example = "text_extractor_v1")
        String featureExtractorId,

        @Schema(description = "Its place among the documents of its source, from 0.", example = "0")
        int documentIndex,

        @Schema(description = "The batch that made it last.", example = "btch_0VXsK2aQ3nB8")
        String batchId,

        @Schema(description = "What was read.", example = "{\"text\": \"Wireless headphones\"}")
        Map<String, Object> fields,

        @Schema(description = "When it was made last.", example = "2026-11-21T09:30:00.123Z")
        Instant createdAt) {

    static DocumentResponse of(ExtractedDocument extracted) {
        CollectionId collection = extracted.collection();
        return new DocumentResponse(
                extracted.id().value(),
                collection == null ? null : collection.value(),
                extracted.bucket().value(),
                extracted.object().value(),
                extracted.source(),
                extracted.extractor(),
                extracted.index(),
                extracted.batch(),
                extracted.fields(),
                extracted.createdAt());
    }
}
