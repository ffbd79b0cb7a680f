package dev.waybill.collections;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Pass;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The collections over a bucket that goes, and all documents made of its objects. */
@Component
class CollectionContents implements BucketContents {

    /** After the batches, which would make more of them, and before the objects. */
    private static final int ORDER = 150;

    private final CollectionStore collections;
    private final DocumentPurge documents;

    CollectionContents(CollectionStore collections, DocumentPurge documents) {
        this.collections = collections;
        this.documents = documents;
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void purge(Scope scope, BucketId bucket, Pass pass) {
        documents.purge(scope, bucket, null, pass);
        if (!pass.stopped()) {
            pass.removed(collections.removeAll(scope, bucket));
        }
    }
}
