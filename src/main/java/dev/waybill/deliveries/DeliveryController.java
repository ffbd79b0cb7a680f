package dev.waybill.deliveries;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API for the deliveries of a webhook. */
@RestController
@Tag(name = "Webhooks", description = "Who is told of what happens in the organization, and how.")
class DeliveryController {

    private static final String WEBHOOK = "/v1/organizations/webhooks/{webhook_identifier}";
    private static final String DELIVERIES = WEBHOOK + "/deliveries";
    private static final int DEFAULT_LIMIT = 20;

    private final DeliveryService service;

    DeliveryController(DeliveryService service) {
        this.service = service;
    }

    @PostMapping(WEBHOOK + "/test")
    @Operation(
            operationId = "testWebhook",
            summary = "Send a test event",
            description = "Sends an event of the type `webhook.test` over each channel, whatever types the webhook asks"
                    + " for. Its deliveries tell what came of it.")
    @ApiResponse(responseCode = "200", description = "It is on its way.")
    @ApiResponse(responseCode = "409", description = "The webhook is paused.")
    TestEventResponse test(Caller caller, @PathVariable("webhook_identifier") String identifier) {
        return TestEventResponse.of(service.test(caller, identifier));
    }

    @PostMapping(DELIVERIES + "/list")
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "List deliveries",
            description = "Newest first, kept for a week after they ended. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of deliveries.")
    ListDeliveriesResponse list(
            Caller caller,
            @PathVariable("webhook_identifier") String identifier,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListDeliveriesRequest body) {
        ListDeliveriesRequest request = body == null ? ListDeliveriesRequest.EVERYTHING : body;
        Page<DeliveryEntity> page =
                service.list(caller, identifier, parameters.toQuery(body, request.toFilter(), DEFAULT_LIMIT));
        return new ListDeliveriesResponse(
                page.items().stream().map(DeliveryResponse::listed).toList(), PaginationResponse.of(page));
    }

    @GetMapping(DELIVERIES + "/{delivery_id}")
    @Operation(
            operationId = "getWebhookDelivery",
            summary = "Get a delivery",
            description = "With the event and the attempts: when, how long, what was answered.")
    @ApiResponse(responseCode = "200", description = "The delivery.")
    DeliveryResponse get(
            Caller caller,
            @PathVariable("webhook_identifier") String identifier,
            @PathVariable("delivery_id") String deliveryId) {
        return DeliveryResponse.whole(service.get(caller, identifier, deliveryId));
    }

    @PostMapping(DELIVERIES + "/{delivery_id}/redeliver")
    @Operation(
            operationId = "redeliverWebhookDelivery",
            summary = "Deliver once more",
            description =
                    "Sends the same event under the same id again, at once and then as often as a new one, whether"
                            + " it was taken before or given up.")
    @ApiResponse(responseCode = "200", description = "The delivery, PENDING.")
    @ApiResponse(responseCode = "409", description = "The webhook is paused.")
    DeliveryResponse redeliver(
            Caller caller,
            @PathVariable("webhook_identifier") String identifier,
            @PathVariable("delivery_id") String deliveryId) {
        return DeliveryResponse.whole(service.redeliver(caller, identifier, deliveryId));
    }
}
