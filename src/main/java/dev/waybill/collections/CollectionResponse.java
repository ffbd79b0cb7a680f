package dev.waybill.collections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A collection as the API returns it. */
@Schema(name = "CollectionModel", description = "What one extractor makes of a bucket or of another collection.")
record CollectionResponse(
        @Schema(description = "The collection's id.", example = "col_0VXsK2aQ3nB8xYz1")
        String collectionId,

        @Schema(description = "Its name, the only one of its kind in the namespace.", example = "chunks")
        String collectionName,

        @Schema(description = "What it reads.") SourceResponse source,

        @Schema(description = "The bucket that it all begins with.", example = "bkt_0VXsJ9cP1mA7wVu0")
        String bucketId,

        @Schema(
                description = "The tier of batches that it is filled in: 0 above the bucket, else one more than its"
                        + " source's.",
                example = "1")
        int tier,

        @Schema(description = "What reads it.") ExtractorResponse featureExtractor,

        @Schema(description = "When it was made.", example = "2026-11-21T09:30:00.123Z")
        Instant createdAt) {

    /** What a collection reads. */
    @Schema(name = "CollectionSource-Output")
    record SourceResponse(
            @Schema(
                    description = "Whether it reads a bucket or another collection.",
                    example = "bucket",
                    allowableValues = {"bucket", "collection"})
            String type,

            @Schema(description = "For a bucket.", example = "bkt_0VXsJ9cP1mA7wVu0") @Nullable
            String bucketId,

            @Schema(description = "For a collection.", example = "col_0VXsK2aQ3nB8xYz1") @Nullable
            String collectionId) {}

    /** What reads it. */
    @Schema(name = "CollectionExtractor-Output")
    record ExtractorResponse(
            @Schema(description = "The extractor's name.", example = "text_extractor")
            String featureExtractorName,

            @Schema(description = "Its version.", example = "v1")
            String version,

            @Schema(description = "As they were given.", example = "{\"chunk_size\": 500}")
            Map<String, Object> parameters,

            @Schema(description = "Its name and version together.", example = "text_extractor_v1")
            String featureExtractorId) {}

    static CollectionResponse of(DocumentCollection collection) {
        CollectionId parent = collection.parent();
        ExtractorUse extractor = collection.extractor();
        return new CollectionResponse(
                collection.id().value(),
                collection.name(),
                parent == null
                        ? new SourceResponse("bucket", collection.bucket().value(), null)
                        : new SourceResponse("collection", null, parent.value()),
                collection.bucket().value(),
                collection.depth(),
                new ExtractorResponse(extractor.name(), extractor.version(), extractor.parameters(), extractor.id()),
                collection.createdAt());
    }
}
