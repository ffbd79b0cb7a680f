package dev.waybill.buckets;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskType;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * How a bucket goes, with everything in it: told as one event with the number of its objects, as its objects were
 * deleted by nobody one by one.
 */
@Component
class BucketDeletion implements Deletable {

    private static final Target.Kind KIND = new Target.Kind("bucket", BucketEntity.COLLECTION, "bucket_name");
    private static final String DELETED = "bucket.deleted";

    private final Deletions deletions;
    private final BucketLookup lookup;
    private final ObjectProvider<BucketContents> contents;
    private final EventOutbox outbox;

    BucketDeletion(
            Deletions deletions, BucketLookup lookup, ObjectProvider<BucketContents> contents, EventOutbox outbox) {
        this.deletions = deletions;
        this.lookup = lookup;
        this.contents = contents;
        this.outbox = outbox;
    }

    /** From now on it is there for nobody, and its name is free. */
    Task begin(Bucket bucket) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("bucket_id", bucket.id().value());
        input.put("bucket_name", bucket.name());
        Task task = deletions.begin(
                Target.in(bucket.scope(), KIND, bucket.id().value(), bucket.name(), bucket.createdAt()),
                new Deletions.Receipt(
                        TaskType.API_BUCKETS_DELETE, bucket.scope().namespace(), List.of(input), input));
        lookup.forget(bucket);
        return task;
    }

    @Override
    public Target.Kind kind() {
        return KIND;
    }

    @Override
    public long count(Target target) {
        BucketId id = new BucketId(target.id());
        return contents.stream()
                .mapToLong(content -> content.countObjects(target.scope(), id))
                .sum();
    }

    @Override
    public void purge(Target target, Pass pass) {
        BucketId id = new BucketId(target.id());
        inOrder(pass, content -> content.purge(target.scope(), id, pass));
    }

    /** What the buckets of a namespace did not take along. */
    void purgeAll(Scope scope, Pass pass) {
        inOrder(pass, content -> content.purgeAll(scope, pass));
    }

    private void inOrder(Pass pass, Consumer<BucketContents> purge) {
        contents.stream()
                .sorted(Comparator.comparingInt(BucketContents::order))
                .filter(content -> !pass.stopped())
                .forEach(purge);
    }

    @Override
    public void ended(Target target, Instant markedAt, long count) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", target.id());
        facts.put("bucket_name", target.name());
        facts.put("object_count", count);
        outbox.publish(List.of(PublicEvent.in(
                target.scope(),
                DELETED,
                new PublicEvent.Subject(KIND.resource(), target.id()),
                markedAt,
                facts,
                target.createdAt().toString())));
    }
}
