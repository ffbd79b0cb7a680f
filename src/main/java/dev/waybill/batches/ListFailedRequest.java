package dev.waybill.batches;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** Request body that selects the failures of a batch to list. */
record ListFailedRequest(
        @Schema(description = "Only failures of this tier, counted from 0.") @Min(0) @Nullable
        Integer tierNum,

        @Schema(description = "Only failures of this collection.") @Nullable
        String collectionId,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListFailedRequest EVERYTHING = new ListFailedRequest(null, null, null);

    static final Fields FIELDS =
            Fields.builder().stored("tier_num", Kind.NUMBER, "tier").build();

    /** Sorted by tier. */
    static ListQuery inOrder(ListQuery query) {
        return query.withSort(Sort.ascending("tier_num")).withTotal();
    }
}
