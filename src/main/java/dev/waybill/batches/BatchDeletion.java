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
 * How a batch goes: by itself, or with its bucket or namespace, before everything else there, so that work that finds its
 * batch gone stops. The objects of one that goes by itself stay, and what was made of them. One that is at work stays too:
 * its run is its revision, so that a deletion of what was over never takes one that began another run meanwhile.
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
     * From now on it is there for nobody.
     *
     * @param batch that is not at work
     * @return false when it has begun another run since, and stays; or is gone
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
