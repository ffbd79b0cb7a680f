package dev.waybill.collections;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskType;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Deletion of a collection, together with its documents and their bytes. */
@Component
class CollectionDeletion implements Deletable {

    private static final DeletionTarget.Kind KIND =
            new DeletionTarget.Kind("collection", CollectionEntity.COLLECTION, "collection_name");

    private final Deletions deletions;
    private final DocumentPurge documents;

    CollectionDeletion(Deletions deletions, DocumentPurge documents) {
        this.deletions = deletions;
        this.documents = documents;
    }

    /** Begins the deletion: from now on no reader finds it, and its name is free. */
    Task begin(DocumentCollection collection) {
        String id = collection.id().value();
        return deletions.begin(
                DeletionTarget.in(collection.scope(), KIND, id, collection.name(), collection.createdAt()),
                new Deletions.Receipt(
                        TaskType.API_COLLECTIONS_DOCUMENTS_CREATE,
                        collection.scope().namespace(),
                        List.of(id),
                        Map.of(
                                "collection_id",
                                id,
                                "bucket_id",
                                collection.bucket().value(),
                                "operation",
                                "delete")));
    }

    @Override
    public DeletionTarget.Kind kind() {
        return KIND;
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        documents.purge(deletionTarget.scope(), null, deletionTarget.id(), deletionPass);
    }
}
