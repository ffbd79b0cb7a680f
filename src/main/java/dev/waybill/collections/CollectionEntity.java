package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link DocumentCollection} as stored.
 *
 * @param collectionName of one that is being deleted: a tilde and its id, which no name can be
 */
@Document(CollectionEntity.COLLECTION)
@CompoundIndex(name = "namespace_name", def = "{namespace_id: 1, collection_name: 1}", unique = true)
@CompoundIndex(name = "bucket_tiers", def = "{namespace_id: 1, bucket_id: 1, depth: 1}")
@CompoundIndex(name = "readers", def = "{namespace_id: 1, parent_id: 1}")
record CollectionEntity(
        @Id String key,
        NamespaceId namespaceId,
        OrganizationId organizationId,
        BucketId bucketId,
        CollectionId collectionId,
        String collectionName,
        @Nullable CollectionId parentId,
        int depth,
        String featureExtractorName,
        String version,
        Map<String, Object> parameters,
        Instant createdAt) {

    static final String COLLECTION = "collections";

    static CollectionEntity of(DocumentCollection collection) {
        Scope scope = collection.scope();
        return new CollectionEntity(
                scope.key(collection.id().value()),
                scope.namespace(),
                scope.organization(),
                collection.bucket(),
                collection.id(),
                collection.name(),
                collection.parent(),
                collection.depth(),
                collection.extractor().name(),
                collection.extractor().version(),
                JsonValues.toStored(collection.extractor().parameters()),
                collection.createdAt());
    }

    DocumentCollection toCollection() {
        return new DocumentCollection(
                collectionId,
                new Scope(organizationId, namespaceId),
                collectionName,
                bucketId,
                parentId,
                depth,
                new ExtractorUse(featureExtractorName, version, JsonValues.fromStored(parameters)),
                createdAt);
    }
}
