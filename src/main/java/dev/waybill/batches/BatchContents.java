package dev.waybill.batches;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketContents;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
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
    public void purge(Bucket bucket, LongConsumer removed, BooleanSupplier stop) {
        removal.removeAll(bucket.scope(), bucket.id(), removed, stop);
    }
}
