package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which files that were given up to list; everything may be left out. */
@Schema(name = "ListSyncDeadLettersRequest", example = "{\"reason\": \"ACCESS_DENIED_READ\", \"limit\": 50}")
record ListDeadLettersRequest(
        @Schema(description = "Only files that were given up for this reason.", example = "ACCESS_DENIED_READ")
        @Nullable
        String reason,

        @Schema(
                description = "At most so many, where the query string does not say.",
                example = "50",
                minimum = "1",
                maximum = "1000")
        @Nullable
        Integer limit,

        @Schema(description = "Where the page before ended, where the query string does not say.") @Nullable
        String cursor) {

    static final ListDeadLettersRequest EVERYTHING = new ListDeadLettersRequest(null, null, null);

    private static final int MAX_LIMIT = 1_000;

    /** @throws dev.waybill.platform.errors.InvalidRequest when it is out of bounds */
    LedgerStore.Narrowing read() {
        Violations violations = new Violations();
        ListLedgerRequest.text(violations, "reason", reason);
        violations.between(List.of("body", "limit"), limit, 1, MAX_LIMIT);
        violations.refuse();
        return new LedgerStore.Narrowing(LedgerDocument.State.QUARANTINED, reason, null, null);
    }
}
