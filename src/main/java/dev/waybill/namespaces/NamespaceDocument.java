package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.web.WireName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A namespace as it is stored.
 *
 * @param namespaceName of one that is being deleted: a tilde and its id, which no name can be
 * @param namespaceType as on the wire, because callers filter by it
 * @param deletion null while the namespace lives
 */
@Document("namespaces")
@CompoundIndex(name = "organization_name", def = "{organization_id: 1, namespace_name: 1}", unique = true)
@CompoundIndex(name = "organization_created", def = "{organization_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(name = "deletion_check", def = "{'deletion.check_at': 1}", sparse = true)
record NamespaceDocument(
        @Id String key,
        String organizationId,
        String namespaceName,
        String namespaceType,
        @Nullable String description,
        List<ExtractorDocument> featureExtractors,
        @Nullable List<IndexDocument> payloadIndexes,
        boolean autoCreateIndexes,
        @Nullable Map<String, Object> infrastructure,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Deletion deletion) {

    /** An extractor as it is stored. */
    record ExtractorDocument(
            String featureExtractorName,
            String version,
            @Nullable Map<String, Object> params) {}

    /** An index as it is stored. */
    record IndexDocument(
            String fieldName,
            PayloadIndexType type,
            @Nullable Map<String, Object> fieldSchema,
            boolean isProtected) {

        static IndexDocument of(PayloadIndex index) {
            return new IndexDocument(index.fieldName(), index.type(), index.schema(), index.guarded());
        }
    }

    static NamespaceDocument of(Namespace namespace) {
        List<PayloadIndex> indexes = namespace.payloadIndexes();
        return new NamespaceDocument(
                namespace.id().value(),
                namespace.organization().value(),
                namespace.name(),
                namespace.type().wire(),
                namespace.description(),
                namespace.extractors().stream()
                        .map(extractor ->
                                new ExtractorDocument(extractor.name(), extractor.version(), extractor.params()))
                        .toList(),
                indexes == null ? null : indexes.stream().map(IndexDocument::of).toList(),
                namespace.autoCreateIndexes(),
                namespace.infrastructure(),
                namespace.createdAt(),
                namespace.updatedAt(),
                null);
    }

    Namespace toNamespace() {
        List<IndexDocument> indexes = payloadIndexes;
        return new Namespace(
                new NamespaceId(key),
                new OrganizationId(organizationId),
                deletion == null ? namespaceName : deletion.name(),
                WireName.of(NamespaceType.class, namespaceType),
                description,
                featureExtractors.stream()
                        .map(extractor -> new FeatureExtractor(
                                extractor.featureExtractorName(), extractor.version(), extractor.params()))
                        .toList(),
                indexes == null
                        ? null
                        : indexes.stream()
                                .map(index -> new PayloadIndex(
                                        index.fieldName(), index.type(), index.fieldSchema(), index.isProtected()))
                                .toList(),
                autoCreateIndexes,
                infrastructure,
                createdAt,
                updatedAt);
    }
}
