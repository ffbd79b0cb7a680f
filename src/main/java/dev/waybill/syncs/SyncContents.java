package dev.waybill.syncs;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Pass;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The syncs of a bucket that goes. They go first of all: what still copies for one notices before it writes. */
@Component
class SyncContents implements BucketContents {

    private static final int ORDER = 20;

    private final SyncRemoval removal;

    SyncContents(SyncRemoval removal) {
        this.removal = removal;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, BucketId bucket, Pass pass) {
        removal.removeAll(scope, bucket, pass);
    }

    @Override
    public void purgeAll(Scope scope, Pass pass) {
        removal.removeAll(scope, null, pass);
    }
}
