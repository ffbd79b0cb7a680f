package dev.waybill.platform.query;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param total how many rows match in all; null when it was not requested
 * @param offset rows before this part; null behind a cursor, which does not know
 * @param nextCursor where the next page starts; null at the end
 */
public record Page<T>(
        List<T> items,
        @Nullable Long total,
        int limit,
        @Nullable Integer offset,
        @Nullable String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), total, limit, offset, nextCursor);
    }
}
