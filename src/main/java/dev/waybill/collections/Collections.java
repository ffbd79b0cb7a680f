package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The door to collections for the rooms above. */
@Component
public class Collections {

    private final CollectionStore store;
    private final CollectionDeletions deletions;
    private final FaultPoints faults;

    Collections(CollectionStore store, CollectionDeletions deletions, FaultPoints faults) {
        this.store = store;
        this.deletions = deletions;
        this.faults = faults;
    }

    /** The graph of collections over a bucket: those that read it, and those that read them, the lowest tiers first. */
    public List<DocumentCollection> over(Scope scope, BucketId bucket) {
        return store.over(scope, bucket);
    }

    /** Which of these are there, and not being deleted. */
    public Set<CollectionId> living(Scope scope, Collection<CollectionId> ids) {
        return ids.isEmpty() ? Set.of() : store.living(scope, ids);
    }

    DocumentCollection require(Scope scope, String identifier) {
        return store.find(scope, identifier).orElseThrow(() -> WaybillException.notFound("collection", identifier));
    }

    /** The task comes first: whatever happens after it, the collection goes. */
    CollectionDeletions.Deleting delete(DocumentCollection collection) {
        CollectionDeletions.Deleting deleting = deletions.submit(collection);
        faults.reach("collection-delete.submitted");
        store.mark(collection.scope(), collection.id());
        return deleting;
    }
}
