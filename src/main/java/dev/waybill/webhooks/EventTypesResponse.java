package dev.waybill.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What webhooks can be told of. */
record EventTypesResponse(
        @Schema(description = "All types of events.", example = "[\"object.created\", \"upload.completed\"]")
        List<String> eventTypes) {}
