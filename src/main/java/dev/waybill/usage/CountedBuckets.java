package dev.waybill.usage;

import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ChangedBuckets;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Submits a {@link UsageTask} for each changed bucket, so that the caller need not wait for the count. */
@Component
public class CountedBuckets implements ChangedBuckets {

    private final Tasks tasks;
    private final InstantSource clock;

    CountedBuckets(Tasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public void changed(Buckets.BucketRef bucket) {
        tasks.submitAt(UsageTask.of(bucket), clock.instant());
    }
}
