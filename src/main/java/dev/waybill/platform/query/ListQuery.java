package dev.waybill.platform.query;

import org.jspecify.annotations.Nullable;

/**
 * A query of a list: filter, sort, search and page.
 *
 * @param filter {@link Filter#ALL} when there is none
 * @param sort the order; ties are broken by id, so that pages never overlap
 * @param search words to find, case-insensitive and partial unless {@code caseSensitive}; null for none
 * @param limit at most so many rows, 1 to 1000
 * @param offset rows to skip, 0 to 10 000; 0 when a cursor is given
 * @param cursor where the page before ended, as it was returned; null for the first page
 * @param includeTotal whether the rows are counted too
 */
public record ListQuery(
        Filter filter,
        Sort sort,
        @Nullable String search,
        boolean caseSensitive,
        int limit,
        int offset,
        @Nullable String cursor,
        boolean includeTotal) {

    public static final int MAX_LIMIT = 1000;
    public static final int MAX_OFFSET = 10_000;

    /** Everything, in the given order, from the start. */
    public static ListQuery first(int limit, Sort sort) {
        return new ListQuery(Filter.ALL, sort, null, false, limit, 0, null, false);
    }

    public ListQuery withFilter(Filter other) {
        return new ListQuery(other, sort, search, caseSensitive, limit, offset, cursor, includeTotal);
    }

    public ListQuery withSort(Sort other) {
        return new ListQuery(filter, other, search, caseSensitive, limit, offset, cursor, includeTotal);
    }

    public ListQuery withTotal() {
        return new ListQuery(filter, sort, search, caseSensitive, limit, offset, cursor, true);
    }
}
