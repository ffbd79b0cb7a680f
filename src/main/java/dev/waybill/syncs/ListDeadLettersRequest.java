package dev.waybill.syncs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.syncs.runs.LedgerFilter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Filters for a list of dead letters; all are optional. */
@Schema(name = "ListSyncDeadLettersRequest", example = "{\"reason\": \"ACCESS_DENIED_READ\", \"limit\": 50}")
record ListDeadLettersRequest(
        @Schema(description = "Only files that were given up for this reason.", example = "ACCESS_DENIED_READ")
        @Nullable
        String reason,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListDeadLettersRequest EVERYTHING = new ListDeadLettersRequest(null, null);

    /** @throws dev.waybill.platform.errors.InvalidRequest when it is out of bounds */
    LedgerFilter read() {
        Violations violations = new Violations();
        ListLedgerRequest.text(violations, "reason", reason);
        violations.refuse();
        return LedgerFilter.deadLetters(reason);
    }
}
