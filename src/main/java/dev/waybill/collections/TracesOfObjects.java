package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectTraces;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/** The documents of an object that goes, and files such as thumbnails that were made with them. */
@Component
class TracesOfObjects implements ObjectTraces {

    private static final int PAGE = 500;

    private final ExtractStore documents;
    private final ObjectStorage storage;

    TracesOfObjects(ExtractStore documents, ObjectStorage storage) {
        this.documents = documents;
        this.storage = storage;
    }

    /** Files first: by the documents it is known where there are any. */
    @Override
    public void remove(Scope scope, BucketId bucket, ObjectId object) {
        for (String origin : documents.countByOrigin(scope, object).keySet()) {
            removeFiles(Origin.prefix(scope, bucket, origin) + object + "/");
        }
        documents.removeAll(scope, object);
    }

    private void removeFiles(String prefix) {
        List<StoredObject> files = storage.list(prefix, null, PAGE);
        while (!files.isEmpty()) {
            storage.deleteAll(files.stream().map(StoredObject::key).toList());
            files = storage.list(prefix, null, PAGE);
        }
    }
}
