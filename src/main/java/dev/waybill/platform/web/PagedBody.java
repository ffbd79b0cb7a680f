package dev.waybill.platform.web;

import dev.waybill.platform.query.ListQuery;
import org.jspecify.annotations.Nullable;

/** The body of a list, which may say as well which part of it is wanted. */
public interface PagedBody {

    /** Unwrapped in JSON; null where the body was made by Java. */
    @Nullable
    Paging paging();

    /** The most rows that the body may ask for. */
    default int maxLimit() {
        return ListQuery.MAX_LIMIT;
    }
}
