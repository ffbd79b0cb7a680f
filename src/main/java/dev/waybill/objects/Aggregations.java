package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.objects.ObjectAggregationResponse.AggregationResult;
import dev.waybill.platform.query.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Answers what is asked of many objects at once: reads the question, has it computed, and says how it was understood. */
@Component
class Aggregations {

    private final ObjectAggregationStore store;

    Aggregations(ObjectAggregationStore store) {
        this.store = store;
    }

    /**
     * Computes over the objects of a bucket.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong
     */
    ObjectAggregationResponse answer(Bucket bucket, ObjectAggregationRequest request) {
        Fields fields = ObjectFields.of(bucket.schema());
        ObjectAggregation wanted = AggregationReader.read(request, fields, ObjectFields.values(bucket.schema()));
        List<AggregationResult> groups = store.groups(bucket.scope(), bucket.id(), wanted, fields);
        return new ObjectAggregationResponse(
                groups.subList(0, Math.min(groups.size(), wanted.limit())), groups.size(), info(request, wanted));
    }

    private static Map<String, Object> info(ObjectAggregationRequest request, ObjectAggregation wanted) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put(
                "sort_by",
                request.sortBy() == null ? wanted.metrics().getFirst().alias() : request.sortBy());
        info.put("sort_direction", wanted.ascending() ? "asc" : "desc");
        info.put("limit", wanted.limit());
        return info;
    }
}
