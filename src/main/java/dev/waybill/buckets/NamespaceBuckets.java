package dev.waybill.buckets;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.namespaces.NamespaceContents;
import dev.waybill.namespaces.NamespaceUsage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The buckets of a namespace: counted for its usage, and deleted together with it, each by a deletion of its own; what
 * is left of the namespace is purged after them.
 */
@Component
class NamespaceBuckets implements NamespaceContents, NamespaceUsage {

    private static final int PAGE = 100;

    private final BucketStore store;
    private final BucketDeletion deletion;

    NamespaceBuckets(BucketStore store, BucketDeletion deletion) {
        this.store = store;
        this.deletion = deletion;
    }

    @Override
    public Map<NamespaceId, Counts> count(OrganizationId organization, Collection<NamespaceId> namespaces) {
        return store.count(organization, namespaces);
    }

    @Override
    public void purge(Scope scope, DeletionPass deletionPass) {
        List<Bucket> page = store.pageById(scope, null, PAGE);
        while (!page.isEmpty() && !deletionPass.stopped()) {
            for (Bucket bucket : page) {
                deletion.begin(bucket);
                deletionPass.removed(1 + bucket.usage().objectCount());
            }
            page = store.pageById(scope, page.getLast().id(), PAGE);
        }
        if (store.existsAny(scope)) {
            deletionPass.found();
        }
        deletion.purgeAll(scope, deletionPass);
    }
}
