package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.storage.ObjectKey;
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

/**
 * An {@link Extract} as it is stored.
 *
 * @param origin the collection, or the extractor where there is none: present in every document, so that an index serves
 */
@Document(ExtractDocument.COLLECTION)
// For lists of a collection, for an object's documents, which a re-run replaces and a tier reads, and for removing a
// bucket's.
@CompoundIndex(name = "origin_by_age", def = "{namespace_id: 1, origin: 1, created_at: 1, _id: 1}")
@CompoundIndex(name = "object", def = "{namespace_id: 1, object_id: 1, origin: 1, source_id: 1}")
@CompoundIndex(name = "object_in_order", def = "{namespace_id: 1, object_id: 1, origin: 1, _id: 1}")
@CompoundIndex(name = "bucket", def = "{namespace_id: 1, bucket_id: 1}")
@CompoundIndex(name = "bytes", def = "{namespace_id: 1, files: 1}", partialFilter = "{files: {$exists: true}}")
record ExtractDocument(
        @Id String key,
        String namespaceId,
        String organizationId,
        String bucketId,
        @Nullable String collectionId,
        String origin,
        String objectId,
        String sourceId,
        String documentId,
        String featureExtractorId,
        int documentIndex,
        String batchId,
        Map<String, Object> fields,
        @Nullable List<String> files,
        Instant createdAt) {

    static final String COLLECTION = "documents";

    static ExtractDocument of(Extract extract) {
        Scope scope = extract.scope();
        CollectionId collection = extract.collection();
        return new ExtractDocument(
                scope.key(extract.id().value()),
                scope.namespace().value(),
                scope.organization().value(),
                extract.bucket().value(),
                collection == null ? null : collection.value(),
                extract.origin(),
                extract.object().value(),
                extract.source(),
                extract.id().value(),
                extract.extractor(),
                extract.index(),
                extract.batch(),
                JsonValues.toStored(extract.fields()),
                extract.files().isEmpty()
                        ? null
                        : extract.files().stream().map(ObjectKey::value).toList(),
                extract.createdAt());
    }

    Extract toExtract() {
        return new Extract(
                new DocumentId(documentId),
                new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId)),
                new BucketId(bucketId),
                collectionId == null ? null : new CollectionId(collectionId),
                new ObjectId(objectId),
                sourceId,
                featureExtractorId,
                documentIndex,
                batchId,
                JsonValues.fromStored(fields),
                files == null ? List.of() : files.stream().map(ObjectKey::new).toList(),
                createdAt);
    }
}
