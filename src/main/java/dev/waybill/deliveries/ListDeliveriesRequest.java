package dev.waybill.deliveries;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Operator;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which deliveries to list. */
@Schema(example = "{\"status\": \"DEAD\"}")
record ListDeliveriesRequest(
        @Schema(
                description = "Only those in this status.",
                allowableValues = {"PENDING", "DELIVERED", "DEAD", "CANCELED"},
                example = "DEAD")
        @Nullable
        DeliveryStatus status,

        @Schema(description = "Only those of this type of events.", example = "object.created") @Nullable
        String eventType,

        @Schema(description = "Only those of this event.", example = "evt_4c1b6a0f2d9e8b7a6c5d4e3f") @Nullable
        String eventId,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {

    static final ListDeliveriesRequest EVERYTHING = new ListDeliveriesRequest(null, null, null, null);

    Filter toFilter() {
        List<Filter> parts = new ArrayList<>();
        add(parts, "status", status == null ? null : status.name());
        add(parts, "event_type", eventType);
        add(parts, "event_id", eventId);
        return new Filter.And(parts);
    }

    private static void add(List<Filter> parts, String field, @Nullable String value) {
        if (value != null) {
            parts.add(new Filter.Condition(field, Operator.EQ, value, true));
        }
    }
}
