package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A namespace: a tenant inside an organization.
 *
 * @param payloadIndexes null when none were ever declared
 * @param infrastructure kept as it was given; null when there was none
 */
record Namespace(
        NamespaceId id,
        OrganizationId organization,
        String name,
        NamespaceType type,
        @Nullable String description,
        List<FeatureExtractor> extractors,
        @Nullable List<PayloadIndex> payloadIndexes,
        boolean autoCreateIndexes,
        @Nullable Map<String, Object> infrastructure,
        Instant createdAt,
        Instant updatedAt) {

    Scope scope() {
        return new Scope(organization, id);
    }
}
