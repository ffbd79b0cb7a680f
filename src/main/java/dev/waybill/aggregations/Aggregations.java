package dev.waybill.aggregations;

import dev.waybill.aggregations.ObjectAggregationResponse.AggregationResult;
import dev.waybill.buckets.Bucket;
import dev.waybill.objects.ObjectFields;
import dev.waybill.platform.query.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Use case of aggregation: parses the request, computes the groups, and returns them with the applied sort and limit. */
@Component
class Aggregations {

    private final ObjectAggregationStore store;

    Aggregations(ObjectAggregationStore store) {
        this.store = store;
    }

    /**
     * Aggregates the objects of a bucket.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong
     */
    ObjectAggregationResponse answer(Bucket bucket, ObjectAggregationRequest request) {
        Fields fields = ObjectFields.of(bucket.schema());
        ObjectAggregation aggregation = AggregationReader.read(request, fields, ObjectFields.values(bucket.schema()));
        List<AggregationResult> groups = store.groups(bucket.scope(), bucket.id(), aggregation, fields);
        return new ObjectAggregationResponse(
                groups.subList(0, Math.min(groups.size(), aggregation.limit())),
                groups.size(),
                info(request, aggregation));
    }

    private static Map<String, Object> info(ObjectAggregationRequest request, ObjectAggregation aggregation) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put(
                "sort_by",
                request.sortBy() == null ? aggregation.metrics().getFirst().alias() : request.sortBy());
        info.put("sort_direction", aggregation.ascending() ? "asc" : "desc");
        info.put("limit", aggregation.limit());
        return info;
    }
}
