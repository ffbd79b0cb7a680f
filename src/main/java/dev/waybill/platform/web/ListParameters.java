package dev.waybill.platform.web;

import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.FilterParser;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import dev.waybill.platform.query.SortParser;
import org.jspecify.annotations.Nullable;

/**
 * The paging of a list as it stands in the query string. Controllers take it as an argument; values out of bounds never
 * get that far (422).
 *
 * @param limit 1 to 1000; null when it was not given
 * @param offset 0 to 10 000; null when it was not given
 * @param cursor as it was handed out; null when it was not given
 */
public record ListParameters(
        @Nullable Integer limit,
        @Nullable Integer offset,
        @Nullable String cursor,
        boolean includeTotal) {

    private static final Sort NEWEST_FIRST = Sort.descending("created_at");

    /**
     * The query that these parameters and a body stand for, the newest rows first unless the body says otherwise.
     *
     * @param request null when there was no body
     * @param defaultLimit the limit when neither has one
     * @throws dev.waybill.platform.errors.InvalidRequest for filters or an order that the fields do not allow
     */
    public ListQuery toQuery(@Nullable ListBody request, Fields fields, int defaultLimit) {
        if (request == null) {
            return toQuery(Filter.ALL, defaultLimit);
        }
        return toQuery(
                FilterParser.parse(request.filters(), fields),
                SortParser.parse(request.sort(), fields, NEWEST_FIRST),
                request.search(),
                Boolean.TRUE.equals(request.caseSensitive()),
                request.limit() == null ? defaultLimit : request.limit(),
                request.offset() == null ? 0 : request.offset());
    }

    /** The query for what a filter lets through, the newest rows first. */
    public ListQuery toQuery(Filter filter, int defaultLimit) {
        return toQuery(filter, NEWEST_FIRST, null, false, defaultLimit, 0);
    }

    /** What the query string leaves open is filled from the other values. */
    private ListQuery toQuery(
            Filter filter,
            Sort sort,
            @Nullable String search,
            boolean caseSensitive,
            int otherwiseLimit,
            int otherwiseOffset) {
        return new ListQuery(
                filter,
                sort,
                search == null || search.isBlank() ? null : search.strip(),
                caseSensitive,
                limit == null ? otherwiseLimit : limit,
                cursor != null ? 0 : offset == null ? otherwiseOffset : offset,
                cursor,
                includeTotal);
    }
}
