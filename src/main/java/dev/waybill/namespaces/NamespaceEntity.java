package dev.waybill.namespaces;

import dev.waybill.platform.json.WireName;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;

/**
 * A namespace, as stored: a tenant inside an organization.
 *
 * @param key the id
 * @param name while it is being deleted, a tilde and its id, which no name can be
 * @param namespaceType as on the wire, because callers filter by it
 * @param payloadIndexes null when none were ever declared
 * @param infrastructure stored as sent; null when there was none
 */
@Document(NamespaceEntity.COLLECTION)
@CompoundIndex(name = "organization_name", def = "{organization_id: 1, namespace_name: 1}", unique = true)
@CompoundIndex(name = "organization_created", def = "{organization_id: 1, created_at: -1, _id: -1}")
record NamespaceEntity(
        @Id String key,
        @Field("organization_id") OrganizationId organization,
        @Field("namespace_name") String name,
        String namespaceType,
        @Nullable String description,
        @Field("feature_extractors") List<FeatureExtractor> extractors,
        @Nullable List<PayloadIndex> payloadIndexes,
        boolean autoCreateIndexes,
        @Nullable Map<String, Object> infrastructure,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "namespaces";

    NamespaceId id() {
        return new NamespaceId(key);
    }

    Scope scope() {
        return new Scope(organization, id());
    }

    NamespaceType type() {
        return WireName.of(NamespaceType.class, namespaceType);
    }
}
