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
 */
@Document(NamespaceDocument.COLLECTION)
@CompoundIndex(name = "organization_name", def = "{organization_id: 1, namespace_name: 1}", unique = true)
@CompoundIndex(name = "organization_created", def = "{organization_id: 1, created_at: -1, _id: -1}")
record NamespaceDocument(
        @Id String key,
        String organizationId,
        String namespaceName,
        String namespaceType,
        @Nullable String description,
        List<FeatureExtractor> featureExtractors,
        @Nullable List<PayloadIndex> payloadIndexes,
        boolean autoCreateIndexes,
        @Nullable Map<String, Object> infrastructure,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "namespaces";

    static NamespaceDocument of(Namespace namespace) {
        return new NamespaceDocument(
                namespace.id().value(),
                namespace.organization().value(),
                namespace.name(),
                namespace.type().wire(),
                namespace.description(),
                namespace.extractors(),
                namespace.payloadIndexes(),
                namespace.autoCreateIndexes(),
                namespace.infrastructure(),
                namespace.createdAt(),
                namespace.updatedAt());
    }

    Namespace toNamespace() {
        return new Namespace(
                new NamespaceId(key),
                new OrganizationId(organizationId),
                namespaceName,
                WireName.of(NamespaceType.class, namespaceType),
                description,
                featureExtractors,
                payloadIndexes,
                autoCreateIndexes,
                infrastructure,
                createdAt,
                updatedAt);
    }
}
