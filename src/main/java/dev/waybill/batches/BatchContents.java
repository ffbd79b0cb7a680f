package dev.waybill.batches;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Pass;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The batches of a bucket that goes. They go first: work that finds its batch gone takes back what it wrote. */
@Component
class BatchContents implements BucketContents {

    private static final int ORDER = 50;

    private final BatchRemoval removal;

    BatchContents(BatchRemoval removal) {
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
}
