package dev.waybill.platform.lists;

import static dev.waybill.platform.errors.Violations.below;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.query.ListQuery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paging parameters of a list, as they stand in one part of a request: its query string, or its body. Clients say
 * it in two ways each: {@code limit} and {@code page_size}; {@code cursor}, {@code offset} (also {@code skip}) and
 * {@code page}.
 *
 * @param limit 1 to 1000 unless the list has a lower bound; null when it was not given, as with the others
 * @param pageSize another name of {@code limit}
 * @param offset 0 to 10 000
 * @param page from 1; the first rows of page 2 follow those of page 1
 * @param cursor as it was returned
 * @param includeTotal whether the rows are counted too
 */
public record Paging(
        @Schema(description = "At most so many rows.", minimum = "1", maximum = "1000", example = "20") @Nullable
        Integer limit,

        @Schema(description = "The same by another name.", minimum = "1", maximum = "1000", example = "20") @Nullable
        Integer pageSize,

        @Schema(
                description = "Rows to skip; `skip` is the same. Beyond 10 000 use the cursor.",
                minimum = "0",
                maximum = "10000",
                example = "0")
        @JsonAlias("skip")
        @Nullable
        Integer offset,

        @Schema(description = "The number of the page, from 1, instead of an offset.", minimum = "1", example = "1")
        @Nullable
        Integer page,

        @Schema(description = "Where the page before ended, its `next_cursor`; instead of an offset or a page.")
        @Nullable
        String cursor,

        @Schema(description = "Whether all rows are counted: `pagination.total` and `total_pages`.", example = "false")
        @Nullable
        Boolean includeTotal) {

    /** No parameter is set. */
    public static final Paging NONE = new Paging(null, null, null, null, null, null);

    public Paging {
        cursor = cursor == null || cursor.isEmpty() ? null : cursor;
    }

    /** Whether a cursor, or anything but the first row, is requested. */
    private boolean goesOn() {
        return cursor != null || isBeyond();
    }

    private boolean isBeyond() {
        return (offset != null && offset > 0) || (page != null && page > 1);
    }

    private @Nullable Integer size() {
        return limit == null ? pageSize : limit;
    }

    private long offsetIn(int limit) {
        if (cursor != null) {
            return 0;
        }
        return page != null ? (page - 1L) * limit : offset != null ? offset : 0;
    }

    /** Adds violations for what is out of bounds, or says two things at once. */
    void check(String part, int maxLimit, Violations violations) {
        List<Object> at = List.of(part);
        bounds(below(at, "limit"), limit, 1, maxLimit, violations);
        bounds(below(at, "page_size"), pageSize, 1, maxLimit, violations);
        bounds(below(at, "offset"), offset, 0, ListQuery.MAX_OFFSET, violations);
        bounds(below(at, "page"), page, 1, ListQuery.MAX_OFFSET + 1, violations);
        if (limit != null && pageSize != null && !limit.equals(pageSize)) {
            violations.add(
                    below(at, "page_size"), "is another number than limit, which means the same; send one", "conflict");
        }
        if (cursor != null && isBeyond()) {
            violations.add(
                    below(at, offset != null && offset > 0 ? "offset" : "page"),
                    "says where to start, as the cursor does; send one of them",
                    "conflict");
        }
    }

    /**
     * The paging of query string and body together. What a client sends by default does not count where the other part
     * says more: the list's own limit, the first row, and that nothing is to be counted.
     *
     * @throws dev.waybill.platform.errors.WaybillException 400 when the two contradict each other
     */
    static Span span(Paging query, Paging body, int defaultLimit) {
        int limit = limit(query.size(), body.size(), defaultLimit);
        boolean inQuery = query.goesOn() || (body.cursor == null && (query.offset != null || query.page != null));
        Paging start = inQuery ? query : body;
        // Who goes on sends the first page's body again, with the cursor that the answer's next_page has.
        if (query.cursor == null && query.goesOn() && body.goesOn() && !query.startsLike(body, limit)) {
            throw Contradiction.between(query.start(), body.start(), "Both say where to start");
        }
        long offset = start.offsetIn(limit);
        checkStart(start, offset, List.of(inQuery ? "query" : "body", "page"));
        boolean counted = Boolean.TRUE.equals(query.includeTotal) || Boolean.TRUE.equals(body.includeTotal);
        return new Span(limit, (int) offset, start.cursor, counted);
    }

    private static int limit(@Nullable Integer inQuery, @Nullable Integer inBody, int defaultLimit) {
        if (inQuery == null || inBody == null || inQuery.equals(inBody) || inBody == defaultLimit) {
            return inQuery != null ? inQuery : inBody != null ? inBody : defaultLimit;
        }
        if (inQuery == defaultLimit) {
            return inBody;
        }
        throw Contradiction.between("limit=" + inQuery, "limit=" + inBody, "Both say how many rows");
    }

    private boolean startsLike(Paging other, int limit) {
        return other.cursor == null && offsetIn(limit) == other.offsetIn(limit);
    }

    /** What says where to start, for messages. */
    private String start() {
        return cursor != null ? "cursor" : page != null && page > 1 ? "page=" + page : "offset=" + offset;
    }

    private static void checkStart(Paging start, long offset, List<Object> at) {
        Violations violations = new Violations();
        if (start.cursor == null && start.page != null && start.offset != null && start.offset != offset) {
            violations.add(
                    at, "begins at row %d, and offset at row %d; send one".formatted(offset, start.offset), "conflict");
        }
        if (offset > ListQuery.MAX_OFFSET) {
            violations.add(
                    at,
                    "begins beyond row %d; go on with the cursor from there".formatted(ListQuery.MAX_OFFSET),
                    "less_than_equal");
        }
        violations.refuse();
    }

    private static void bounds(List<Object> at, @Nullable Integer value, int min, int max, Violations violations) {
        if (value != null && value < min) {
            violations.add(at, "must be at least " + min, "greater_than_equal");
        } else if (value != null && value > max) {
            violations.add(at, "must be at most " + max, "less_than_equal");
        }
    }

    /** The effective paging of a list. */
    record Span(int limit, int offset, @Nullable String cursor, boolean includeTotal) {}
}
