package dev.waybill.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The types of events that webhooks can subscribe to. */
record EventTypesResponse(
        @Schema(description = "All types of events.", example = "[\"object.created\", \"upload.completed\"]")
        List<String> eventTypes) {}
