package dev.waybill.batches;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Pass;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The batches of a bucket that goes. They go first: work that finds its batch gone stops. */
@Component
class BatchContents implements BucketContents {

    private static final int ORDER = 50;

    private final BatchDeletion deletion;

    BatchContents(BatchDeletion deletion) {
        this.deletion = deletion;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, BucketId bucket, Pass pass) {
        deletion.removeAll(scope, bucket, pass);
    }
}
