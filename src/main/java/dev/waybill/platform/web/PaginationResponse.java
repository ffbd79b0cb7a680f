package dev.waybill.platform.web;

import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(name = "PaginationResponse", description = "Where a page stands in its list.")
public record PaginationResponse(
        @Schema(description = "Rows in all; with `include_total` only.", example = "42") @Nullable
        Long total,

        @Schema(description = "The number of this page, from 1.", example = "1") @Nullable
        Integer page,

        @Schema(description = "The limit that was applied.", example = "20") @Nullable
        Integer pageSize,

        @Schema(description = "Pages in all; with `include_total` only.", example = "3") @Nullable
        Long totalPages,

        @Schema(description = "Left out: use `next_cursor`.") @Nullable
        String nextPage,

        @Schema(description = "Left out: use `next_cursor`.") @Nullable
        String previousPage,

        @Schema(
                description = "Where the next page starts: send it as `cursor`. Left out on the last page.",
                example = "eyJzIjoiMjAyNiJ9")
        @Nullable
        String nextCursor) {

    public static PaginationResponse of(Page<?> page) {
        Long total = page.total();
        Long pages = total == null ? null : (total + page.limit() - 1) / page.limit();
        return new PaginationResponse(
                total, page.offset() / page.limit() + 1, page.limit(), pages, null, null, page.nextCursor());
    }
}
