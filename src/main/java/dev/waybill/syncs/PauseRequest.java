package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import dev.waybill.syncs.runs.SyncService;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request body that pauses a sync, with the reason. */
@Schema(name = "SyncPauseRequest", example = "{\"reason\": \"The bucket is being moved.\"}")
record PauseRequest(
        @Schema(
                description = "A sentence of at most 500 characters.",
                maxLength = SyncRules.MAX_DESCRIPTION,
                example = "The bucket is being moved.")
        @Nullable
        String reason) {

    static final PauseRequest NO_REASON = new PauseRequest(null);

    /** @throws dev.waybill.platform.errors.InvalidRequest when it is too long */
    String read() {
        Violations violations = new Violations();
        ListLedgerRequest.text(violations, "reason", reason);
        violations.atMost(List.of("body", "reason"), reason, SyncRules.MAX_DESCRIPTION);
        violations.refuse();
        return reason == null || reason.isBlank() ? SyncService.ON_REQUEST : reason;
    }
}
