package dev.waybill.aggregations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.aggregations.ObjectAggregation.Cut;
import dev.waybill.aggregations.ObjectAggregation.Key;
import dev.waybill.aggregations.ObjectAggregationRequest.RangeBucket;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Fields.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupKeyExpressionTests {

    /** MongoDB reads about 200 levels. */
    @Test
    void anExpressionIsFlatHoweverManyRangesThereAre() {
        List<Number> boundaries =
                IntStream.range(0, 100).mapToObj(i -> (Number) i).toList();
        Key key = new Key(
                "price",
                new Field(Kind.NUMBER, "metadata.price"),
                Cut.RANGE,
                null,
                new RangeBucket("price", boundaries, "other"));

        assertThat(depth(GroupKeyExpression.of(key))).isLessThan(10);
    }

    private static int depth(@Nullable Object value) {
        Collection<?> inside =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        return inside.stream().mapToInt(GroupKeyExpressionTests::depth).max().orElse(0) + 1;
    }
}
