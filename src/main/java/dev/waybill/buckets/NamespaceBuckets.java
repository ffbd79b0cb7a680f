package dev.waybill.buckets;

import dev.waybill.namespaces.Deletion;
import dev.waybill.namespaces.NamespaceContents;
import dev.waybill.namespaces.NamespaceUsage;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** The buckets of a namespace: counted for it, and removed with it. */
@Component
class NamespaceBuckets implements NamespaceContents, NamespaceUsage {

    private static final int ORDER = 500;
    private static final int PAGE = 100;

    private final BucketStore store;
    private final BucketLookup lookup;
    private final BucketDeletions deletions;
    private final InstantSource clock;

    NamespaceBuckets(BucketStore store, BucketLookup lookup, BucketDeletions deletions, InstantSource clock) {
        this.store = store;
        this.lookup = lookup;
        this.deletions = deletions;
        this.clock = clock;
    }

    @Override
    public Map<NamespaceId, Counts> count(OrganizationId organization, Collection<NamespaceId> namespaces) {
        return store.count(organization, namespaces);
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, LongConsumer removed, BooleanSupplier stop) {
        List<BucketStore.Kept> page = store.all(scope, null, PAGE);
        while (!page.isEmpty()) {
            for (BucketStore.Kept kept : page) {
                if (stop.getAsBoolean() || !purge(kept, removed, stop)) {
                    return;
                }
            }
            page = store.all(scope, page.getLast().bucket().id(), PAGE);
        }
    }

    private boolean purge(BucketStore.Kept kept, LongConsumer removed, BooleanSupplier stop) {
        Bucket bucket = kept.bucket();
        Deletion mark = kept.deletion();
        boolean finished = deletions.purge(
                bucket, mark == null ? BucketDeletions.mark(bucket, clock.instant()) : mark, removed, stop);
        lookup.forget(bucket);
        if (finished && (mark == null || mark.purgedAt() == null)) {
            removed.accept(1);
        }
        return finished;
    }
}
