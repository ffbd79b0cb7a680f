package dev.waybill.syncs;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.Tasks;
import org.springframework.stereotype.Component;

/** How a sync goes, with its runs and its ledger; what it brought stays. A run that goes stops. */
@Component
class SyncDeletion implements Deletable {

    private static final Target.Kind KIND = new Target.Kind("sync", SyncDocument.COLLECTION, null, null);

    private final Deletions deletions;
    private final Tasks tasks;
    private final SyncRemoval removal;

    SyncDeletion(Deletions deletions, Tasks tasks, SyncRemoval removal) {
        this.deletions = deletions;
        this.tasks = tasks;
        this.removal = removal;
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
        removal.removePartsOf(target.key(), pass);
    }
}
