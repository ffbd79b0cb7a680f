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
 * An {@link ExtractedDocument} as stored.
 *
 * @param origin the collection, or the extractor where there is none: present in every document, so that an index
 *     serves
 */
@Document(ExtractedDocumentEntity.COLLECTION)
// For lists of a collection, for an object's documents, which a re-run replaces and a tier reads, and for removing a
// bucket's.
@CompoundIndex(name = "origin_by_age", def = "{namespace_id: 1, origin: 1, created_at: 1, _id: 1}")
@CompoundIndex(name = "object", def = "{namespace_id: 1, object_id: 1, origin: 1, source_id: 1}")
@CompoundIndex(name = "object_in_order", def = "{namespace_id: 1, object_id: 1, origin: 1, _id: 1}")
@CompoundIndex(name = "bucket", def = "{namespace_id: 1, bucket_id: 1}")
@CompoundIndex(name = "bytes", def = "{namespace_id: 1, files: 1}", partialFilter = "{files: {$exists: true}}")
record ExtractedDocumentEntity(
        @Id String key,
        NamespaceId namespaceId,
        OrganizationId organizationId,
        BucketId bucketId,
        @Nullable CollectionId collectionId,
        String origin,
        ObjectId objectId,
        String sourceId,
        DocumentId documentId,
        String featureExtractorId,
        int documentIndex,
        String batchId,
        Map<String, Object> fields,
        @Nullable List<ObjectKey> files,
        Instant createdAt) {

    static final String COLLECTION = "documents";

    static ExtractedDocumentEntity of(ExtractedDocument extracted) {
        Scope scope = extracted.scope();
        return new ExtractedDocumentEntity(
                scope.key(extracted.id().value()),
                scope.namespace(),
                scope.organization(),
                extracted.bucket(),
                extracted.collection(),
                extracted.origin(),
                extracted.object(),
                extracted.source(),
                extracted.id(),
                extracted.extractor(),
                extracted.index(),
                extracted.batch(),
                JsonValues.toStored(extracted.fields()),
                extracted.files().isEmpty() ? null : extracted.files(),
                extracted.createdAt());
    }

    ExtractedDocument toDocument() {
        return new ExtractedDocument(
                documentId,
                new Scope(organizationId, namespaceId),
                bucketId,
                collectionId,
                objectId,
                sourceId,
                featureExtractorId,
                documentIndex,
                batchId,
                JsonValues.fromStored(fields),
                files == null ? List.of() : files,
                createdAt);
    }
}
