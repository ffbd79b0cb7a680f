package dev.waybill.namespaces;

import io.swagger.v3.oas.annotations.media.Schema;

/** Sums and averages over all namespaces that a list matches. */
record NamespaceListStats(
        @Schema(description = "Feature extractors in all of them.", example = "2")
        long totalFeatureExtractors,

        @Schema(description = "Payload indexes in all of them.", example = "1")
        long totalPayloadIndexes,

        @Schema(description = "Documents in all of them.", example = "0")
        long totalDocuments,

        @Schema(description = "Buckets in all of them.", example = "4")
        long totalBuckets,

        @Schema(description = "Collections in all of them.", example = "0")
        long totalCollections,

        @Schema(description = "Objects in all of them.", example = "240")
        long totalObjects,

        @Schema(description = "Feature extractors in the average namespace; 0 without namespaces.", example = "1.0")
        double avgFeatureExtractorsPerNamespace,

        @Schema(description = "Payload indexes in the average namespace; 0 without namespaces.", example = "0.5")
        double avgPayloadIndexesPerNamespace,

        @Schema(description = "Documents in the average namespace; 0 without namespaces.", example = "0.0")
        double avgDocumentsPerNamespace,

        @Schema(description = "Buckets in the average namespace; 0 without namespaces.", example = "2.0")
        double avgBucketsPerNamespace,

        @Schema(description = "Collections in the average namespace; 0 without namespaces.", example = "0.0")
        double avgCollectionsPerNamespace,

        @Schema(description = "Objects in the average namespace; 0 without namespaces.", example = "120.0")
        double avgObjectsPerNamespace) {

    static NamespaceListStats of(long namespaces, long extractors, long indexes, NamespaceUsage.Counts counts) {
        double by = Math.max(1, namespaces);
        return new NamespaceListStats(
                extractors,
                indexes,
                counts.documents(),
                counts.buckets(),
                counts.collections(),
                counts.objects(),
                extractors / by,
                indexes / by,
                counts.documents() / by,
                counts.buckets() / by,
                counts.collections() / by,
                counts.objects() / by);
    }
}
