package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A namespace on the wire. */
@Schema(name = "NamespaceModel")
record NamespaceResponse(
        @Schema(implementation = String.class, example = "ns_0VXsK2aQ3nB8xYz1")
        NamespaceId namespaceId,

        @Schema(example = "production") String namespaceName,
        NamespaceType namespaceType,
        @Nullable Map<String, Object> infrastructure,

        @Schema(example = "Everything that is live") @Nullable
        String description,

        List<FeatureExtractorResponse> featureExtractors,
        @Nullable List<PayloadIndexResponse> payloadIndexes,

        @Schema(description = "Documents in its collections.", example = "0")
        long documentCount,

        @Schema(description = "Buckets in it.", example = "2")
        long bucketCount,

        @Schema(description = "Collections in it.", example = "0")
        long collectionCount,

        @Schema(description = "Objects in its buckets, right within seconds of quiet.", example = "120")
        long objectCount,

        boolean autoCreateIndexes,
        Instant createdAt,
        Instant updatedAt) {

    /** An extractor on the wire. */
    @Schema(name = "BaseFeatureExtractorModel-Output")
    record FeatureExtractorResponse(
            @Schema(example = "multimodal_extractor") String featureExtractorName,
            @Schema(example = "v1") String version,
            @Nullable Map<String, Object> params,

            @Schema(example = "multimodal_extractor_v1") String featureExtractorId) {

        static FeatureExtractorResponse of(FeatureExtractor extractor) {
            return new FeatureExtractorResponse(
                    extractor.name(), extractor.version(), extractor.params(), extractor.id());
        }
    }

    /** An index on the wire. */
    @Schema(name = "PayloadIndexConfig-Output")
    record PayloadIndexResponse(
            @Schema(example = "metadata.campaign") String fieldName,
            PayloadIndexType type,
            @Nullable Map<String, Object> fieldSchema,
            boolean isProtected) {

        static PayloadIndexResponse of(PayloadIndex index) {
            return new PayloadIndexResponse(index.fieldName(), index.type(), index.schema(), index.guarded());
        }
    }

    static NamespaceResponse of(Namespace namespace, NamespaceUsage.Counts counts) {
        List<PayloadIndex> indexes = namespace.payloadIndexes();
        return new NamespaceResponse(
                namespace.id(),
                namespace.name(),
                namespace.type(),
                namespace.infrastructure(),
                namespace.description(),
                namespace.extractors().stream()
                        .map(FeatureExtractorResponse::of)
                        .toList(),
                indexes == null
                        ? null
                        : indexes.stream().map(PayloadIndexResponse::of).toList(),
                counts.documents(),
                counts.buckets(),
                counts.collections(),
                counts.objects(),
                namespace.autoCreateIndexes(),
                namespace.createdAt(),
                namespace.updatedAt());
    }
}
