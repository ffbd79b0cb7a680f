package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** Removes a collection with its documents and their bytes, by a task of an id that is derived from the collection's. */
@Component
class CollectionDeletions implements TaskHandler {

    static final String NAME = "collections.purge";

    private static final Duration WHILE_STORAGE_IS_AWAY = Duration.ofSeconds(5);

    private final Tasks tasks;
    private final CollectionStore store;
    private final DocumentPurge purge;
    private final FaultPoints faults;

    CollectionDeletions(Tasks tasks, CollectionStore store, DocumentPurge purge, FaultPoints faults) {
        this.tasks = tasks;
        this.store = store;
        this.purge = purge;
        this.faults = faults;
    }

    /** The task comes first: whatever happens after it, the collection goes. */
    Task submit(DocumentCollection collection) {
        Scope scope = collection.scope();
        byte[] name = "delete %s".formatted(scope.key(collection.id().value())).getBytes(StandardCharsets.UTF_8);
        Task task = tasks.submit(new NewTask(
                new TaskId(UUID.nameUUIDFromBytes(name).toString()),
                scope.organization(),
                scope.namespace(),
                TaskType.API_COLLECTIONS_DOCUMENTS_CREATE,
                NAME,
                Map.of(
                        "namespace_id", scope.namespace().value(),
                        "bucket_id", collection.bucket().value(),
                        "collection_id", collection.id().value()),
                List.of(collection.id().value()),
                Map.of(
                        "collection_id", collection.id().value(),
                        "bucket_id", collection.bucket().value(),
                        "operation", "delete")));
        faults.reach("collection-delete.submitted");
        store.mark(scope, collection.id());
        return task;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    /** What is half deleted is of no use to anybody. */
    @Override
    public boolean cancelable() {
        return false;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        Map<String, Object> payload = run.payload();
        Scope scope =
                new Scope(run.task().organization(), new NamespaceId(String.valueOf(payload.get("namespace_id"))));
        CollectionId id = new CollectionId(String.valueOf(payload.get("collection_id")));
        BucketId bucket = new BucketId(String.valueOf(payload.get("bucket_id")));
        // The request may have died before it did so.
        store.mark(scope, id);
        LongAdder removed = new LongAdder();
        try {
            if (!purge.purge(scope, bucket, id.value(), removed::add, run::canceled)) {
                return new TaskOutcome.Canceled();
            }
        } catch (StorageException away) {
            if (away.passes()) {
                return new TaskOutcome.Later(WHILE_STORAGE_IS_AWAY);
            }
            throw away;
        }
        faults.reach("collection-delete.purged");
        store.remove(scope, id);
        return new TaskOutcome.Completed(
                List.of(Map.of("collection_id", id.value(), "removed", removed.sum())), Map.of());
    }
}
