package dev.waybill.deliveries;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A test event whose deliveries are pending. */
record TestEventResponse(
        @Schema(description = "The event, of the type `webhook.test`.", example = "evt_4c1b6a0f2d9e8b7a6c5d4e3f")
        String eventId,

        @Schema(description = "Its deliveries, one for each channel.", example = "[\"dlv_0a1b2c3d4e5f60718293a4b5\"]")
        List<String> deliveryIds) {

    static TestEventResponse of(List<DeliveryEntity> made) {
        return new TestEventResponse(
                made.getFirst().eventId(),
                made.stream().map(DeliveryEntity::deliveryId).toList());
    }
}
