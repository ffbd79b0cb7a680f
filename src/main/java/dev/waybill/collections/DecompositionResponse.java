package dev.waybill.collections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tree of the documents made of an object, tier by tier. */
@Schema(name = "DecompositionTree")
record DecompositionResponse(
        @Schema(description = "The object.", example = "obj_0VXsK2aQ3nB8xYz1")
        String objectId,

        @Schema(description = "The bucket that it lies in.", example = "bkt_0VXsJ9cP1mA7wVu0")
        String bucketId,

        @Schema(description = "Documents in all.", example = "13")
        long totalDocuments,

        @Schema(description = "What was made of the object itself, and below each what was made of that.")
        List<Node> children) {

    /** What one collection, or one extractor of the namespace, made of the object. */
    @Schema(name = "DecompositionNode")
    record Node(
            @Schema(
                    description = "Left out where an extractor of the namespace worked without a collection.",
                    example = "col_0VXsK2aQ3nB8xYz1")
            @Nullable
            String collectionId,

            @Schema(description = "The collection's name.", example = "chunks") @Nullable
            String collectionName,

            @Schema(description = "The extractor.", example = "text_extractor_v1")
            String featureExtractorId,

            @Schema(description = "The tier that it works in, from 0.", example = "0")
            int tier,

            @Schema(description = "How many documents it made of the object.", example = "12")
            long documentCount,

            @Schema(description = "Up to 1000 of them, with `include_document_ids`.") @Nullable
            List<String> documentIds,

            @Schema(description = "What was made of these documents.")
            List<Node> children) {}
}
