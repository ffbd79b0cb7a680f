package dev.waybill.syncs.runs;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Deletes a sync with its runs and its ledger; its objects stay. A run in progress stops. Of a deleted bucket, its
 * syncs are deleted first, so that workers that still copy for it notice before they write.
 */
@Component
class SyncDeletion implements Deletable, BucketContents {

    private static final int ORDER = 20;
    private static final DeletionTarget.Kind KIND = new DeletionTarget.Kind("sync", SyncEntity.COLLECTION, null, null);

    private final Deletions deletions;
    private final Tasks tasks;
    private final SyncStore syncs;

    SyncDeletion(Deletions deletions, Tasks tasks, SyncStore syncs) {
        this.deletions = deletions;
        this.tasks = tasks;
        this.syncs = syncs;
    }

    /** Marks it as deleted: no reader finds it from now on. */
    void begin(SyncEntity sync) {
        deletions.begin(DeletionTarget.in(sync.scope(), KIND, sync.syncId(), sync.syncId(), sync.createdAt()));
        SyncEntity.Current current = sync.current();
        if (current != null) {
            tasks.cancel(sync.organizationId(), new TaskId(current.run()));
        }
    }

    @Override
    public DeletionTarget.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        deletionPass.removed(syncs.removeParts(deletionTarget.key(), deletionPass::stopped));
    }

    @Override
    public int order() {
        return ORDER;
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
        deletionPass.removed(syncs.removeAll(scope, bucket));
        if (syncs.removeParts(scope, bucket, deletionPass::stopped) > 0) {
            deletionPass.found();
        }
    }
}
