package dev.waybill.platform.lists;

import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The pagination of a list's response. Fields that were not requested are left out.
 *
 * @param total rows in all, with {@code include_total}
 * @param page number of this page from 1; left out behind a cursor, which does not know
 * @param pageSize the limit that was applied
 * @param totalPages with {@code include_total}
 * @param nextPage path and query of the next page
 * @param nextCursor opaque; left out on the last page
 */
@Schema(name = "PaginationResponse", description = "Where a page stands in its list.")
public record PaginationResponse(
        @Schema(description = "Rows in all; with `include_total` only.", example = "42") @Nullable
        Long total,

        @Schema(description = "The number of this page, from 1. Left out where a `cursor` was sent.", example = "1")
        @Nullable
        Integer page,

        @Schema(description = "The limit that was applied.", example = "20") @Nullable
        Integer pageSize,

        @Schema(description = "Pages in all; with `include_total` only.", example = "3") @Nullable
        Long totalPages,

        @Schema(
                description =
                        "The next page's path with its query, from the root of this service: send the same request"
                                + " there, with the same method and body. Left out on the last page.",
                example = "/v1/buckets/list?limit=20&cursor=eyJzIjoiMjAyNiJ9")
        @Nullable
        String nextPage,

        @Schema(description = "Always left out: lists are read forwards.") @Nullable
        String previousPage,

        @Schema(
                description = "Where the next page starts: send it as `cursor`. Left out on the last page.",
                example = "eyJzIjoiMjAyNiJ9")
        @Nullable
        String nextCursor,

        @Schema(description = "Whether there is a page after this one.", example = "true")
        boolean hasMore) {

    /** What says where a page starts. */
    private static final List<String> STARTS = List.of("offset", "skip", "page");

    /** Inside the request for the page. */
    public static PaginationResponse of(Page<?> page) {
        Long total = page.total();
        Long pages = total == null ? null : (total + page.limit() - 1) / page.limit();
        Integer offset = page.offset();
        String next = page.nextCursor();
        return new PaginationResponse(
                total,
                offset == null ? null : offset / page.limit() + 1,
                page.limit(),
                pages,
                next == null ? null : path(next),
                null,
                next,
                next != null);
    }

    /** With the rest of the request's parameters. The host is left to the client: it knows by which name it came. */
    private static @Nullable String path(String cursor) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)) {
            return null;
        }
        HttpServletRequest request = attributes.getRequest();
        UriComponentsBuilder next =
                UriComponentsBuilder.fromPath(request.getRequestURI()).query(request.getQueryString());
        STARTS.forEach(name -> next.replaceQueryParam(name));
        return next.replaceQueryParam("cursor", cursor).build().toUriString();
    }
}
