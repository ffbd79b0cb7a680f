package dev.waybill.buckets;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
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
 * Deletes buckets with their contents. It emits one {@code bucket.deleted} with the number of objects, and no event for
 * each object.
 */
@Component
class BucketDeletion implements Deletable {

    private static final DeletionTarget.Kind KIND =
            new DeletionTarget.Kind("bucket", BucketEntity.COLLECTION, "bucket_name");
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

    /** Begins the deletion: from now on no request finds the bucket, and its name is free. */
    Task begin(Bucket bucket) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("bucket_id", bucket.id().value());
        input.put("bucket_name", bucket.name());
        Task task = deletions.begin(
                DeletionTarget.in(bucket.scope(), KIND, bucket.id().value(), bucket.name(), bucket.createdAt()),
                new Deletions.Receipt(
                        TaskType.API_BUCKETS_DELETE, bucket.scope().namespace(), List.of(input), input));
        lookup.invalidate(bucket);
        return task;
    }

    @Override
    public DeletionTarget.Kind kind() {
        return KIND;
    }

    @Override
    public long count(DeletionTarget deletionTarget) {
        BucketId id = new BucketId(deletionTarget.id());
        return contents.stream()
                .mapToLong(content -> content.countObjects(deletionTarget.scope(), id))
                .sum();
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        BucketId id = new BucketId(deletionTarget.id());
        inOrder(deletionPass, content -> content.purge(deletionTarget.scope(), id, deletionPass));
    }

    /** Purges what is left of a namespace after its buckets. */
    void purgeAll(Scope scope, DeletionPass deletionPass) {
        inOrder(deletionPass, content -> content.purgeAll(scope, deletionPass));
    }

    private void inOrder(DeletionPass deletionPass, Consumer<BucketContents> purge) {
        contents.stream()
                .sorted(Comparator.comparingInt(BucketContents::order))
                .filter(content -> !deletionPass.stopped())
                .forEach(purge);
    }

    @Override
    public void ended(DeletionTarget deletionTarget, Instant markedAt, long count) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", deletionTarget.id());
        facts.put("bucket_name", deletionTarget.name());
        facts.put("object_count", count);
        outbox.publish(List.of(PublicEvent.in(
                deletionTarget.scope(),
                DELETED,
                new PublicEvent.Subject(KIND.resource(), deletionTarget.id()),
                markedAt,
                facts,
                deletionTarget.createdAt().toString())));
    }
}
