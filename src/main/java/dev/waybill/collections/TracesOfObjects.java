package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectTraces;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** The documents of an object that goes. */
@Component
class TracesOfObjects implements ObjectTraces {

    private final ExtractStore documents;

    TracesOfObjects(ExtractStore documents) {
        this.documents = documents;
    }

    @Override
    public void remove(Scope scope, BucketId bucket, ObjectId object) {
        documents.removeAll(scope, object);
    }
}
