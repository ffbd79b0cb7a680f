package dev.waybill.syncs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.syncs.runs.LedgerFilter;
import dev.waybill.syncs.runs.RunResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Filters for a list of ledger rows; all are optional and combined with AND. */
@Schema(name = "ListSyncLedgerRequest", example = "{\"state\": \"FILTERED\", \"key_prefix\": \"videos/2026/\"}")
record ListLedgerRequest(
        @Schema(description = "Only rows in this state.", example = "FILTERED") @Nullable
        String state,

        @Schema(description = "Only rows with this reason.", example = "EXCLUDED") @Nullable
        String reason,

        @Schema(description = "Only files whose keys begin so.", example = "videos/2026/") @Nullable
        String keyPrefix,

        @Schema(
                description =
                        "Only files that this run worked on last; those that it only listed, or filtered, are none.",
                example = RunResponse.ID)
        @Nullable
        String runId,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListLedgerRequest EVERYTHING = new ListLedgerRequest(null, null, null, null, null);

    private static final int MAX_TEXT = 1_024;

    /** @throws InvalidRequest when the state is unknown */
    LedgerFilter read() {
        Violations violations = new Violations();
        String requestedState = state == null ? null : state.toUpperCase(Locale.ROOT);
        if (requestedState != null && !LedgerFilter.STATES.contains(requestedState)) {
            violations.add(
                    List.of("body", "state"),
                    "Input should be one of: %s".formatted(String.join(", ", LedgerFilter.STATES)),
                    "enum");
        }
        text(violations, "reason", reason);
        text(violations, "key_prefix", keyPrefix);
        text(violations, "run_id", runId);
        violations.refuse();
        return new LedgerFilter(requestedState, reason, keyPrefix, runId);
    }

    static void text(Violations violations, String field, @Nullable String value) {
        List<Object> at = List.of("body", field);
        violations.atMost(at, value, MAX_TEXT);
        if (value != null && value.indexOf('\0') >= 0) {
            violations.add(at, "must not hold NUL", "string_characters");
        }
    }
}
