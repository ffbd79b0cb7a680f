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

    private final BatchStore store;
    private final BatchItemStore items;
    private final BatchResultStore results;

    BatchContents(BatchStore store, BatchItemStore items, BatchResultStore results) {
        this.store = store;
        this.items = items;
        this.results = results;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Bucket bucket, LongConsumer removed, BooleanSupplier stop) {
        if (!stop.getAsBoolean()) {
            removed.accept(store.removeAll(bucket.scope(), bucket.id()));
            items.removeAll(bucket.scope(), bucket.id(), stop);
            results.removeAll(bucket.scope(), bucket.id(), stop);
        }
    }
}
