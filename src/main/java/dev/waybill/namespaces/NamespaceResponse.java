package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A namespace in responses. */
@Schema(name = "NamespaceModel")
record NamespaceResponse(
        @Schema(
                implementation = String.class,
                description = "The namespace's id; stays when the namespace is renamed.",
                example = "ns_0VXsK2aQ3nB8xYz1")
        NamespaceId namespaceId,

        @Schema(description = "Its name, unique in the organization.", example = "production")
        String namespaceName,

        @Schema(description = "What it is for.", example = "standard")
        NamespaceType namespaceType,

        @Schema(description = "Where its work is to run, as it was given; left out when nothing was.") @Nullable
        Map<String, Object> infrastructure,

        @Schema(description = "For people; left out when nobody said.", example = "Everything that is live") @Nullable
        String description,

        @Schema(description = "What turns its objects into features; at least one.")
        List<FeatureExtractor> featureExtractors,

        @Schema(description = "Indexes over the payload of documents; left out when none were given.") @Nullable
        List<PayloadIndex> payloadIndexes,

        @Schema(description = "Documents in its collections.", example = "0")
        long documentCount,

        @Schema(description = "Buckets in it.", example = "2")
        long bucketCount,

        @Schema(description = "Collections in it.", example = "0")
        long collectionCount,

        @Schema(description = "Objects in its buckets, right within seconds of quiet.", example = "120")
        long objectCount,

        @Schema(description = "Whether indexes are made for fields that filters use.", example = "false")
        boolean autoCreateIndexes,

        @Schema(description = "When it was made.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2026-01-15T10:30:00Z")
        Instant updatedAt) {

    static NamespaceResponse of(NamespaceEntity namespace, NamespaceUsage.Counts counts) {
        return new NamespaceResponse(
                namespace.id(),
                namespace.name(),
                namespace.type(),
                namespace.infrastructure(),
                namespace.description(),
                namespace.extractors(),
                namespace.payloadIndexes(),
                counts.documents(),
                counts.buckets(),
                counts.collections(),
                counts.objects(),
                namespace.autoCreateIndexes(),
                namespace.createdAt(),
                namespace.updatedAt());
    }
}
