package dev.waybill.batches;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Deletion of a batch: by itself, or as the first contents of its bucket or namespace, so that work that finds its
 * batch gone stops. The objects of one that is deleted by itself stay, and so do the documents made of them. An active
 * batch stays too: its run is its revision, so that a deletion of what was over never removes another run that began
 * meanwhile.
 */
@Component
class BatchDeletion implements Deletable, BucketContents {

    private static final DeletionTarget.Kind KIND =
            new DeletionTarget.Kind("batch", BatchEntity.COLLECTION, null, "run");
    private static final int FIRST = 50;

    private final Deletions deletions;
    private final BatchStore store;

    BatchDeletion(Deletions deletions, BatchStore store) {
        this.deletions = deletions;
        this.store = store;
    }

    /**
     * Begins the deletion: from now on no reader finds the batch.
     *
     * @param batch that is not active
     * @return false when another run has begun since and it stays, or when it is gone
     */
    boolean begin(BatchEntity batch) {
        String id = batch.batchId();
        return deletions.begin(DeletionTarget.in(batch.scope(), KIND, id, id, batch.createdAt())
                .asOf(batch.run()));
    }

    @Override
    public DeletionTarget.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        deletionPass.removed(store.removeParts(
                deletionTarget.scope(), null, new BatchId(deletionTarget.id()), deletionPass::stopped));
    }

    @Override
    public int order() {
        return FIRST;
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
        deletionPass.removed(store.removeAll(scope, bucket));
        if (store.removeParts(scope, bucket, null, deletionPass::stopped) > 0) {
            deletionPass.found();
        }
    }
}
