package dev.waybill.platform.web;

import dev.waybill.platform.query.Page;
import org.jspecify.annotations.Nullable;

/**
 * Where a page stands in its list. Fields that nobody asked for are left out.
 *
 * @param total rows in all, with {@code include_total}
 * @param page number of this page from 1
 * @param pageSize the limit that was applied
 * @param totalPages with {@code include_total}
 * @param nextCursor opaque; left out on the last page
 */
public record PaginationResponse(
        @Nullable Long total,
        @Nullable Integer page,
        @Nullable Integer pageSize,
        @Nullable Long totalPages,
        @Nullable String nextPage,
        @Nullable String previousPage,
        @Nullable String nextCursor) {

    public static PaginationResponse of(Page<?> page) {
        Long total = page.total();
        Long pages = total == null ? null : (total + page.limit() - 1) / page.limit();
        return new PaginationResponse(
                total, page.offset() / page.limit() + 1, page.limit(), pages, null, null, page.nextCursor());
    }
}
