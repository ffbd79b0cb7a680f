package dev.waybill.syncs;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * How a sync goes, with its runs and its ledger; what it brought stays. A run that goes stops. With a bucket its syncs go
 * first of all: what still copies for one notices before it writes.
 */
@Component
class SyncDeletion implements Deletable, BucketContents {

    private static final int ORDER = 20;
    private static final Target.Kind KIND = new Target.Kind("sync", SyncDocument.COLLECTION, null, null);

    private final Deletions deletions;
    private final Tasks tasks;
    private final SyncStore syncs;

    SyncDeletion(Deletions deletions, Tasks tasks, SyncStore syncs) {
        this.deletions = deletions;
        this.tasks = tasks;
        this.syncs = syncs;
    }

    /** From now on it is there for nobody. */
    void begin(SyncDocument sync) {
        deletions.begin(Target.in(sync.scope(), KIND, sync.syncId(), sync.syncId(), sync.createdAt()));
        SyncDocument.Current current = sync.current();
        if (current != null) {
            tasks.cancel(sync.organizationId(), new TaskId(current.run()));
        }
    }

    @Override
    public Target.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(Target target, Pass pass) {
        pass.removed(syncs.removeParts(target.key(), pass::stopped));
    }

    @Override
    public int order() {
        return ORDER;
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
        pass.removed(syncs.removeAll(scope, bucket));
        if (syncs.removeParts(scope, bucket, pass::stopped) > 0) {
            pass.found();
        }
    }
}
