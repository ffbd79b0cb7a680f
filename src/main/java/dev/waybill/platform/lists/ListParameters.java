package dev.waybill.platform.lists;

import dev.waybill.platform.errors.Violations;
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
 * @param paging which part of the list, as far as the query string says
 */
public record ListParameters(Paging paging) {

    private static final Sort NEWEST_FIRST = Sort.descending("created_at");

    /**
     * The query that these parameters and a body stand for, the newest rows first unless the body says otherwise.
     *
     * @param request null when there was no body
     * @param defaultLimit the limit when neither has one
     * @throws dev.waybill.platform.errors.InvalidRequest for filters or an order that the fields do not allow, and for
     *     a paging that is out of bounds or contradicts itself
     */
    public ListQuery toQuery(@Nullable ListBody request, Fields fields, int defaultLimit) {
        if (request == null) {
            return toQuery(Filter.ALL, defaultLimit);
        }
        return toQuery(
                FilterParser.parse(request.filters(), fields, Boolean.TRUE.equals(request.caseSensitive())),
                SortParser.parse(request.sort(), fields, NEWEST_FIRST),
                request.search(),
                Boolean.TRUE.equals(request.caseSensitive()),
                span(request, defaultLimit));
    }

    /** The query for what a filter lets through, the newest rows first. */
    public ListQuery toQuery(Filter filter, int defaultLimit) {
        return toQuery(null, filter, defaultLimit);
    }

    /**
     * The query for what a filter lets through, the newest rows first.
     *
     * @param request null when there was no body
     * @throws dev.waybill.platform.errors.InvalidRequest for a paging that is out of bounds or contradicts itself
     */
    public ListQuery toQuery(@Nullable PagedBody request, Filter filter, int defaultLimit) {
        return toQuery(filter, NEWEST_FIRST, null, false, span(request, defaultLimit));
    }

    private Paging.Span span(@Nullable PagedBody request, int defaultLimit) {
        Paging body = request == null ? null : request.paging();
        if (request == null || body == null) {
            return Paging.span(paging, Paging.NONE, defaultLimit);
        }
        Violations violations = new Violations();
        body.check("body", request.maxLimit(), violations);
        violations.refuse();
        return Paging.span(paging, body, defaultLimit);
    }

    private ListQuery toQuery(
            Filter filter, Sort sort, @Nullable String search, boolean caseSensitive, Paging.Span span) {
        return new ListQuery(
                filter,
                sort,
                search == null || search.isBlank() ? null : search.strip(),
                caseSensitive,
                span.limit(),
                span.offset(),
                span.cursor(),
                span.includeTotal());
    }
}
