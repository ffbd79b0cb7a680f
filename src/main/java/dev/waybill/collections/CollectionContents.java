package dev.waybill.collections;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.namespaces.NamespaceUsage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Purges the collections over a bucket, and all documents made of its objects, together with it or its namespace, and
 * counts them for usage.
 */
@Component
class CollectionContents implements BucketContents, NamespaceUsage {

    /** After the batches, which would make more of them, and before the objects. */
    private static final int ORDER = 150;

    private final CollectionStore collections;
    private final ExtractedDocumentStore documents;
    private final DocumentPurge purge;

    CollectionContents(CollectionStore collections, ExtractedDocumentStore documents, DocumentPurge purge) {
        this.collections = collections;
        this.documents = documents;
        this.purge = purge;
    }

    @Override
    public Map<NamespaceId, Counts> count(OrganizationId organization, Collection<NamespaceId> namespaces) {
        Map<NamespaceId, Counts> counts = new HashMap<>();
        collections
                .count(namespaces)
                .forEach((id, count) -> counts.put(new NamespaceId(id), new Counts(0, 0, count, 0)));
        documents
                .count(namespaces)
                .forEach((id, count) -> counts.merge(new NamespaceId(id), new Counts(0, 0, 0, count), Counts::plus));
        return counts;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, BucketId bucket, DeletionPass deletionPass) {
        removeAll(scope, bucket, deletionPass);
    }

    @Override
    public void purgeAll(Scope scope, DeletionPass deletionPass) {
        removeAll(scope, null, deletionPass);
    }

    private void removeAll(Scope scope, @Nullable BucketId bucket, DeletionPass deletionPass) {
        purge.purge(scope, bucket, null, deletionPass);
        if (!deletionPass.stopped()) {
            deletionPass.removed(collections.removeAll(scope, bucket));
        }
    }
}
