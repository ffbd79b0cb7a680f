package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectTraces;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Removes documents and what lies in storage for them, such as thumbnails, a page at a time. Repeatable. */
@Component
class DocumentPurge implements ObjectTraces {

    private static final int PAGE = 500;

    private final ExtractStore store;
    private final ObjectStorage storage;
    private final FaultPoints faults;

    DocumentPurge(ExtractStore store, ObjectStorage storage, FaultPoints faults) {
        this.store = store;
        this.storage = storage;
        this.faults = faults;
    }

    /**
     * Removes a bucket's documents, their bytes first.
     *
     * @param origin only those of this origin; null for all of them
     * @return false when it was stopped before the end
     */
    boolean purge(Scope scope, BucketId bucket, @Nullable String origin, LongConsumer removed, BooleanSupplier stop) {
        String prefix = origin == null ? Origin.prefix(scope, bucket) : Origin.prefix(scope, bucket, origin);
        if (!removeFiles(prefix, stop)) {
            return false;
        }
        faults.reach("document-purge.bytes-removed");
        return removeDocuments(scope, bucket, origin, removed, stop);
    }

    /**
     * Removes documents alone: the bytes of a namespace are swept with it.
     *
     * @param bucket null for all of the namespace's
     * @param origin only those of this origin; null for all of them
     * @return false when it was stopped before the end
     */
    boolean removeDocuments(
            Scope scope,
            @Nullable BucketId bucket,
            @Nullable String origin,
            LongConsumer removed,
            BooleanSupplier stop) {
        while (!stop.getAsBoolean()) {
            int count = store.removeSome(scope, bucket, origin, PAGE);
            if (count == 0) {
                return true;
            }
            removed.accept(count);
        }
        return false;
    }

    /** Files first: by the documents it is known where there are any. */
    @Override
    public void remove(Scope scope, BucketId bucket, ObjectId object) {
        for (String origin : store.countByOrigin(scope, object).keySet()) {
            removeFiles(Origin.prefix(scope, bucket, origin) + object + "/", () -> false);
        }
        store.removeAll(scope, object);
    }

    private boolean removeFiles(String prefix, BooleanSupplier stop) {
        while (!stop.getAsBoolean()) {
            List<StoredObject> files = storage.list(prefix, null, PAGE);
            if (files.isEmpty()) {
                return true;
            }
            storage.deleteAll(files.stream().map(StoredObject::key).toList());
        }
        return false;
    }
}
