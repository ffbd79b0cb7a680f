package dev.waybill.connections;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

/** Result of a connection test. */
@Schema(name = "StorageConnectionTestResponse", description = "What a look at a storage came to.")
record ConnectionTestResponse(
        @Schema(description = "Whether it works.", example = "true")
        boolean success,

        @Schema(description = "What was found, or what to change.", example = "It can be listed and read.")
        String message,

        @Schema(
                description = "What was tried and found out: `diagnosis` (when it does not work), `endpoint`, `region`,"
                        + " `latency_ms`, `clock_offset_seconds`, `checks`, `capabilities`, `restrictions`, ...",
                example =
                        "{\"provider\": \"s3\", \"endpoint\": \"https://s3.eu-central-1.amazonaws.com\", \"latency_ms\": 41}")
        Map<String, Object> details) {

    static ConnectionTestResponse of(Probe.Finding finding) {
        return new ConnectionTestResponse(finding.works(), finding.message(), finding.details());
    }
}
