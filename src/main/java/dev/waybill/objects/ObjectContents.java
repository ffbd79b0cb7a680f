package dev.waybill.objects;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Purges the objects of a bucket that is being deleted. Bytes are removed first: a crash after them leaves documents
 * that the next run finds again, while the other way round it would leave orphans.
 */
@Component
class ObjectContents implements BucketContents {

    static final int PAGE = 500;
    private static final int AFTER_UPLOADS = 200;

    private final ObjectStore objects;
    private final ObjectStorage storage;
    private final EventOutbox outbox;
    private final FaultPoints faults;

    ObjectContents(ObjectStore objects, ObjectStorage storage, EventOutbox outbox, FaultPoints faults) {
        this.objects = objects;
        this.storage = storage;
        this.outbox = outbox;
        this.faults = faults;
    }

    @Override
    public int order() {
        return AFTER_UPLOADS;
    }

    @Override
    public long countObjects(Scope scope, BucketId bucket) {
        return objects.usage(scope, bucket, Instant.EPOCH).objectCount();
    }

    @Override
    public void purge(Scope scope, BucketId bucket, DeletionPass deletionPass) {
        while (!deletionPass.stopped()) {
            List<ObjectRow> page = objects.some(scope, bucket, PAGE);
            if (page.isEmpty()) {
                return;
            }
            deletionPass.found();
            outbox.publishMissing(deletions(page));
            remove(page);
            deletionPass.removed(
                    page.stream().filter(row -> !row.kind().isEnded()).count());
        }
    }

    /** Removes rows of buckets that are being deleted, or are gone. */
    void remove(List<ObjectRow> rows) {
        List<ObjectKey> keys = rows.stream().flatMap(ObjectContents::keys).toList();
        if (!keys.isEmpty()) {
            storage.deleteAll(keys);
        }
        faults.reach("object-purge.bytes-removed");
        Map<Scope, List<ObjectId>> byScope = rows.stream()
                .map(ObjectRow::object)
                .collect(groupingBy(BucketObject::scope, mapping(BucketObject::id, toList())));
        // No usage is recorded: the counters are deleted together with their bucket.
        byScope.forEach(objects::removeAll);
        faults.reach("object-purge.objects-removed");
    }

    /** Events of earlier deletions that a crash may have left unpublished, as the walk finds no row any more. */
    private static List<PublicEvent> deletions(List<ObjectRow> rows) {
        return rows.stream()
                .filter(row -> row.kind() == ObjectRow.Kind.TOMBSTONE)
                .flatMap(row -> ObjectEvents.latest(row).stream())
                .toList();
    }

    private static Stream<ObjectKey> keys(ObjectRow row) {
        return Stream.concat(row.keys().stream(), row.garbage().stream());
    }
}
