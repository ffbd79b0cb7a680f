package dev.waybill.collections;

import dev.waybill.deletions.Pass;
import dev.waybill.namespaces.NamespaceContents;
import dev.waybill.namespaces.NamespaceUsage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The collections and documents of a namespace: counted for it, and removed with it. */
@Component
class NamespaceCollections implements NamespaceContents, NamespaceUsage {

    /** After the buckets, with which nearly all of them have gone. */
    private static final int ORDER = 600;

    private final CollectionStore collections;
    private final ExtractStore documents;
    private final DocumentPurge purge;

    NamespaceCollections(CollectionStore collections, ExtractStore documents, DocumentPurge purge) {
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
    public void purge(Scope scope, Pass pass) {
        purge.purge(scope, null, null, pass);
        if (!pass.stopped()) {
            pass.removed(collections.removeAll(scope, null));
        }
    }
}
