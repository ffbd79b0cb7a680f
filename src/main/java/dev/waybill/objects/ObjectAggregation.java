package dev.waybill.objects;

import dev.waybill.objects.ObjectAggregationRequest.RangeBucket;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Filter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A computation over objects, checked: its fields are known, its aliases unique.
 *
 * @param unwound the stored path of an array whose elements are looked at one by one
 * @param sortBy the place of a key or, behind the keys, of a metric
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

    /** What objects are grouped by. */
    record Key(
            String alias,
            Field field,
            Cut cut,
            @Nullable String unit,
            @Nullable RangeBucket ranges) {}

    /** What is done to a key's value first. */
    enum Cut {
        NONE,
        TRUNC,
        PART,
        RANGE
    }

    /** What is computed. */
    record Metric(String alias, String function, Optional<Field> field) {}

    /** A condition on the metric of that place. */
    record Having(int metric, String operator, Object value) {}
}
