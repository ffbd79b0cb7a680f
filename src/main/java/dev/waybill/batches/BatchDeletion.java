package dev.waybill.batches;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
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

    private static final Target.Kind KIND = new Target.Kind("batch", BatchEntity.COLLECTION, null, "run");
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
        return deletions.begin(
                Target.in(batch.scope(), KIND, id, id, batch.createdAt()).asOf(batch.run()));
    }

    @Override
    public Target.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(Target target, Pass pass) {
        pass.removed(store.removeParts(target.scope(), null, new BatchId(target.id()), pass::stopped));
    }

    @Override
    public int order() {
        return FIRST;
    }

    @Override
    public void purge(Scope scope, BucketId bucket, Pass pass) {
        removeAll(scope, bucket, pass);
    }

    @Override
    public void purgeAll(Scope scope, Pass pass) {
        removeAll(scope, null, pass);
    }

    private void removeAll(Scope scope, @Nullable BucketId bucket, Pass pass) {
        pass.removed(store.removeAll(scope, bucket));
        if (store.removeParts(scope, bucket, null, pass::stopped) > 0) {
            pass.found();
        }
    }
}
