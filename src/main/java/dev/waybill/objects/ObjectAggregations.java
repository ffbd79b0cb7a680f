package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectAggregationResponse.AggregationResult;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/** Computations over objects. */
@Component
class ObjectAggregations {

    private final ObjectAggregationStore store;

    ObjectAggregations(ObjectAggregationStore store) {
        this.store = store;
    }

    /** All groups, in the order that was asked for. */
    List<AggregationResult> groups(Scope scope, BucketId bucket, ObjectAggregation wanted, Fields fields) {
        return store.groups(scope, bucket, wanted, fields);
    }
}
