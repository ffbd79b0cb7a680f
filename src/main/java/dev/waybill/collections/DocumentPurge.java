package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.objects.DerivedDataCleanup;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Purges documents and their files in storage, such as thumbnails, a page at a time. Repeatable. */
@Component
class DocumentPurge implements DerivedDataCleanup {

    private static final int PAGE = 500;

    private final ExtractedDocumentStore store;
    private final FaultPoints faults;

    DocumentPurge(ExtractedDocumentStore store, FaultPoints faults) {
        this.store = store;
        this.faults = faults;
    }

    /**
     * Removes documents, their files first.
     *
     * @param bucket null for all of the namespace's
     * @param origin only those of this origin; null for all of them
     */
    void purge(Scope scope, @Nullable BucketId bucket, @Nullable String origin, DeletionPass deletionPass) {
        while (!deletionPass.stopped()) {
            int count = store.removeSome(scope, bucket, origin, PAGE);
            if (count == 0) {
                return;
            }
            faults.reach("document-purge.documents-removed");
            deletionPass.removed(count);
        }
    }

    @Override
    public void remove(Scope scope, Collection<ObjectId> objects) {
        store.removeAll(scope, objects);
    }
}
