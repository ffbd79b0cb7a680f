package dev.waybill.platform.lists;

import dev.waybill.platform.query.ListQuery;
import org.jspecify.annotations.Nullable;

/** The body of a paged list, which may hold the {@link Paging} as well. */
public interface PagedBody {

    /** Unwrapped in JSON; null where the body was made by Java. */
    @Nullable
    Paging paging();

    /** The most rows that the body may request. */
    default int maxLimit() {
        return ListQuery.MAX_LIMIT;
    }
}
