package dev.waybill.namespaces;

/** Sums and averages over all namespaces that a list matches. */
record NamespaceListStats(
        long totalFeatureExtractors,
        long totalPayloadIndexes,
        long totalDocuments,
        long totalBuckets,
        long totalCollections,
        long totalObjects,
        double avgFeatureExtractorsPerNamespace,
        double avgPayloadIndexesPerNamespace,
        double avgDocumentsPerNamespace,
        double avgBucketsPerNamespace,
        double avgCollectionsPerNamespace,
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
