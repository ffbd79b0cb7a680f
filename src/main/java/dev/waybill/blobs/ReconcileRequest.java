package dev.waybill.blobs;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Request body of a reconciliation. */
@Schema(name = "ReconcileRequest", example = "{\"dry_run\": true}")
record ReconcileRequest(
        @Schema(
                description = "True: tell what is found, and change nothing. False: move bytes that nobody owns into"
                        + " quarantine as well.",
                defaultValue = "true",
                example = "true")
        @Nullable
        Boolean dryRun) {

    boolean isDryRun() {
        return dryRun == null || dryRun;
    }
}
