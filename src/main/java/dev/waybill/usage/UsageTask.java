package dev.waybill.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.Objects;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Task handler that counts the objects of a bucket and stores its usage. At most one task per bucket at a time. */
@Component
public class UsageTask implements TaskHandler {

    static final String NAME = "objects.count-bucket";

    private static final String BUCKET = "bucket_id";
    private static final int PAUSE_PER_WORK = 10;
    private static final int MOST_PAUSES = 10_000;

    private final Counting objects;
    private final UsageRecorder recorder;
    private final InstantSource clock;

    /** Until when slow buckets are not counted again: counting each change would keep the database busy. */
    private final Cache<Buckets.BucketRef, Instant> pauses =
            Caffeine.newBuilder().maximumSize(MOST_PAUSES).build();

    @Autowired
    UsageTask(Objects objects, Buckets buckets, InstantSource clock) {
        this(objects::usage, buckets::recordUsage, clock);
    }

    UsageTask(Counting objects, UsageRecorder recorder, InstantSource clock) {
        this.objects = objects;
        this.recorder = recorder;
        this.clock = clock;
    }

    static NewTask of(Buckets.BucketRef bucket) {
        return NewTask.internal(
                TaskId.derivedFrom(
                        "bucket usage " + bucket.scope().key(bucket.bucket().value())),
                NAME,
                bucket.scope(),
                Map.of(BUCKET, bucket.bucket().value()));
    }

    /** Counts the objects of a bucket. */
    @FunctionalInterface
    interface Counting {
        BucketUsage count(Scope scope, BucketId bucket, Instant computedAt);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.ENDLESS;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        return count(new Buckets.BucketRef(run.scope(), new BucketId(run.text(BUCKET))));
    }

    TaskOutcome count(Buckets.BucketRef bucket) {
        Instant now = clock.instant();
        Instant until = pauses.getIfPresent(bucket);
        if (until != null && now.isBefore(until)) {
            return new TaskOutcome.Later(Duration.between(now, until));
        }
        long started = System.nanoTime();
        BucketUsage usage = objects.count(bucket.scope(), bucket.bucket(), now);
        recorder.recordUsage(bucket.scope(), bucket.bucket(), usage);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        pauses.put(bucket, now.plus(took.multipliedBy(PAUSE_PER_WORK)));
        return TaskOutcome.completed();
    }
}
