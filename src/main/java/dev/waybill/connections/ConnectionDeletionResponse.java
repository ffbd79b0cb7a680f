package dev.waybill.connections;

import io.swagger.v3.oas.annotations.media.Schema;

/** Response to a deletion. Strings only: clients of the public API read it as a map of strings. */
record ConnectionDeletionResponse(
        @Schema(description = "The connection that is archived.", example = "conn_0f1e2d3c4b5a697")
        String connectionId,

        @Schema(description = "The connection's status.", example = "ARCHIVED")
        String status,

        @Schema(description = "What was done.", example = "The connection is archived.")
        String message) {

    static ConnectionDeletionResponse of(Connection archived) {
        return new ConnectionDeletionResponse(
                archived.id().value(), archived.status().name(), "The connection is archived.");
    }
}
