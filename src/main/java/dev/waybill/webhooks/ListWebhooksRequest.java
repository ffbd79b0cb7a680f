package dev.waybill.webhooks;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which webhooks to list. */
@Schema(example = "{\"event_type\": \"object.created\", \"is_active\": true}")
record ListWebhooksRequest(
        @Schema(description = "Only those that are told of this.", example = "object.created") @Nullable
        String eventType,

        @Schema(description = "Only those that are active, or that are not.", example = "true") @Nullable
        Boolean isActive,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListWebhooksRequest EVERYTHING = new ListWebhooksRequest(null, null, null);
}
