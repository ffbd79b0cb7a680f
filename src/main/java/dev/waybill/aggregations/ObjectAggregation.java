package dev.waybill.aggregations;

import dev.waybill.aggregations.ObjectAggregationRequest.RangeBucket;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Filter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A validated aggregation over objects: its fields are known, its aliases unique.
 *
 * @param unwound the stored path of an array whose elements are aggregated one by one
 * @param sortBy the index of a key or, after the keys, of a metric
 */
record ObjectAggregation(
        Filter filter,
        @Nullable String unwound,
        List<Key> keys,
        List<Metric> metrics,
        List<Having> having,
        int sortBy,
        boolean ascending,
        int limit) {

    /** A group key. */
    record Key(
            String alias,
            Field field,
            Cut cut,
            @Nullable String unit,
            @Nullable RangeBucket ranges) {}

    /** How the value of a key is transformed. */
    enum Cut {
        NONE,
        TRUNC,
        PART,
        RANGE
    }

    /** A metric computed per group. */
    record Metric(String alias, String function, Optional<Field> field) {}

    /** A condition on the metric with that index. */
    record Having(int metric, String operator, Object value) {}
}
