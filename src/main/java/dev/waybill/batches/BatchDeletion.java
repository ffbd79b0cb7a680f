package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
import dev.waybill.platform.tenancy.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How a batch goes: by itself, or with its bucket or namespace. The objects stay, and what was made of them. One that is at
 * work is not deleted, so its run is its revision: none begins while somebody makes up their mind.
 */
@Component
class BatchDeletion implements Deletable {

    private static final Target.Kind KIND = new Target.Kind("batch", BatchDocument.COLLECTION, null, "run");

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
    boolean begin(BatchDocument batch) {
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
        pass.removed(store.removeParts(target.scope(), new BatchId(target.id()), pass::stopped));
    }

    /** Removes all of a bucket, or of a namespace where there is none. */
    void removeAll(Scope scope, @Nullable BucketId bucket, Pass pass) {
        pass.removed(store.removeAll(scope, bucket));
        if (store.removeParts(scope, bucket, pass::stopped) > 0) {
            pass.found();
        }
    }
}
