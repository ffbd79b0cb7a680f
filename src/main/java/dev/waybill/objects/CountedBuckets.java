package dev.waybill.objects;

import dev.waybill.buckets.Buckets;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Buckets are counted by tasks, so that whoever finds a change need not wait. */
@Component
class CountedBuckets implements ChangedBuckets {

    private final Tasks tasks;
    private final InstantSource clock;

    CountedBuckets(Tasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public void changed(Buckets.BucketRef place) {
        tasks.submitAt(UsageTask.of(place), clock.instant());
    }
}
