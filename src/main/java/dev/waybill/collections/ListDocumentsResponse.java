package dev.waybill.collections;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of documents. */
@Schema(name = "ListDocumentsResponse")
record ListDocumentsResponse(
        @Schema(
                description = "The object whose documents these are, when it was asked for one.",
                example = "obj_0VXsK2aQ3nB8xYz1")
        @Nullable
        String objectId,

        @Schema(description = "The documents.") List<DocumentResponse> results,
        PaginationResponse pagination,

        @Schema(description = "How many match in all, with `include_total`, and always for an object.", example = "12")
        @Nullable
        Long totalCount) {

    static ListDocumentsResponse of(@Nullable String objectId, Page<ExtractedDocument> page) {
        return new ListDocumentsResponse(
                objectId,
                page.items().stream().map(DocumentResponse::of).toList(),
                PaginationResponse.of(page),
                page.total());
    }
}
