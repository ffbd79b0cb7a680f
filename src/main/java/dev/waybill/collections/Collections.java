package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** API of this module for others: the collections over a bucket. */
@Component
public class Collections {

    private final CollectionStore store;

    Collections(CollectionStore store) {
        this.store = store;
    }

    /** The graph of collections over a bucket: those that read it, and those that read them, the lowest tiers first. */
    public List<DocumentCollection> over(Scope scope, BucketId bucket) {
        return store.over(scope, bucket);
    }

    /** Which of these exist, and are not being deleted. */
    public Set<CollectionId> living(Scope scope, Collection<CollectionId> ids) {
        return ids.isEmpty() ? Set.of() : store.living(scope, ids);
    }
}
