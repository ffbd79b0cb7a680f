package dev.waybill.syncs;

import io.swagger.v3.oas.annotations.media.Schema;

/** A sync that is gone. */
@Schema(name = "SyncDeleteResponse")
record DeleteSyncResponse(
        @Schema(description = "The sync.", example = "sync_0VXsK2aQ3nB8xYz1")
        String syncConfigId,

        @Schema(description = "Always `deleted`.", example = "deleted")
        String status) {

    static DeleteSyncResponse of(String sync) {
        return new DeleteSyncResponse(sync, "deleted");
    }
}
