package dev.waybill.webhooks;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Webhooks", description = "Who is told of what happens in the organization, and how.")
class WebhookController {

    /** A path segment where names are otherwise. */
    static final String EVENT_TYPES = "event-types";

    private static final String ONE = "/v1/organizations/webhooks/{webhook_identifier}";
    private static final int DEFAULT_LIMIT = 20;

    private final WebhookService service;

    WebhookController(WebhookService service) {
        this.service = service;
    }

    @PostMapping("/v1/organizations/webhooks")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createWebhook",
            summary = "Create a webhook",
            description = "From now on, each event of the named types is sent over each channel, at least once, in no"
                    + " particular order, in all namespaces of the organization. Events posted to a `webhook` are signed"
                    + " as Standard Webhooks describes it, with the `secret` of this answer, which is never told again."
                    + " What is not answered with a 2xx within the time-out is tried again for a day, with growing"
                    + " pauses; a 429 or 503 with `Retry-After` gets the pause that it asks for, within bounds;"
                    + " redirects are not followed. Addresses that are not on the public internet are refused"
                    + " unless the operator allows them. A webhook that fails for a day without any success is paused.")
    @ApiResponse(responseCode = "201", description = "The webhook, with its secret.")
    @ApiResponse(responseCode = "409", description = "The organization has a webhook of that name.")
    WebhookResponse create(Caller caller, @RequestBody WebhookRequest request) {
        return service.create(caller, request.read());
    }

    @PostMapping("/v1/organizations/webhooks/list")
    @Operation(
            operationId = "listWebhooks",
            summary = "List webhooks",
            description = "The organization's webhooks, newest first. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of webhooks.")
    ListWebhooksResponse list(
            Caller caller,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListWebhooksRequest body) {
        ListWebhooksRequest request = body == null ? ListWebhooksRequest.EVERYTHING : body;
        Page<WebhookEntity> page = service.list(
                caller, request.eventType(), request.isActive(), parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT));
        Long total = page.total();
        return new ListWebhooksResponse(
                page.items().stream().map(service::response).toList(),
                PaginationResponse.of(page),
                total == null ? 0 : total);
    }

    @GetMapping("/v1/organizations/webhooks")
    @Operation(
            operationId = "getWebhooks",
            summary = "List webhooks by GET",
            description = "As `POST /v1/organizations/webhooks/list`, with the fields of its body as parameters.")
    @ApiResponse(responseCode = "200", description = "A page of webhooks.")
    ListWebhooksResponse listByGet(
            Caller caller,
            ListParameters parameters,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListWebhooksRequest body) {
        return list(caller, parameters, body);
    }

    @GetMapping("/v1/organizations/webhooks/" + EVENT_TYPES)
    @Operation(
            operationId = "listWebhookEventTypes",
            summary = "List event types",
            description = "Everything that webhooks can be told of. Of some types no event occurs yet.")
    @ApiResponse(responseCode = "200", description = "The types.")
    EventTypesResponse eventTypes() {
        return new EventTypesResponse(EventTypes.ALL);
    }

    @GetMapping(ONE)
    @Operation(operationId = "getWebhook", summary = "Get a webhook", description = "By its id or its name.")
    @ApiResponse(responseCode = "200", description = "The webhook, without its secret.")
    WebhookResponse get(Caller caller, @PathVariable("webhook_identifier") String identifier) {
        return service.response(service.get(caller, identifier));
    }

    @PutMapping(ONE)
    @Operation(
            operationId = "updateWebhook",
            summary = "Update a webhook",
            description = "Replaces its name, types, channels and whether it is active; what is left out takes its"
                    + " default. The id and the secret stay. What still waits is sent to the new channels.")
    @ApiResponse(responseCode = "200", description = "The webhook as it is now.")
    @ApiResponse(responseCode = "409", description = "The organization has another webhook of that name.")
    WebhookResponse update(
            Caller caller, @PathVariable("webhook_identifier") String identifier, @RequestBody WebhookRequest request) {
        return service.response(service.replace(caller, identifier, request.read()));
    }

    @DeleteMapping(ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteWebhook",
            summary = "Delete a webhook",
            description = "With its deliveries; what still waits is not sent. One that does not exist is deleted"
                    + " already.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    void delete(Caller caller, @PathVariable("webhook_identifier") String identifier) {
        service.delete(caller, identifier);
    }

    @PostMapping(ONE + "/pause")
    @Operation(
            operationId = "pauseWebhook",
            summary = "Pause a webhook",
            description = "It is told of nothing that happens from now on; what waits is kept until it is resumed.")
    @ApiResponse(responseCode = "200", description = "The webhook, not active.")
    WebhookResponse pause(Caller caller, @PathVariable("webhook_identifier") String identifier) {
        return service.response(service.pause(caller, identifier));
    }

    @PostMapping(ONE + "/resume")
    @Operation(
            operationId = "resumeWebhook",
            summary = "Resume a webhook",
            description = "Also one that was paused because it failed. What waits is tried at once.")
    @ApiResponse(responseCode = "200", description = "The webhook, active.")
    WebhookResponse resume(Caller caller, @PathVariable("webhook_identifier") String identifier) {
        return service.response(service.resume(caller, identifier));
    }

    @PostMapping(ONE + "/rotate-secret")
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Rotate a webhook's secret",
            description = "Makes a new secret. For a while events are signed with both, so that receivers can change"
                    + " over; the body, which may be missing, says for how long.")
    @ApiResponse(responseCode = "200", description = "The new secret.")
    RotateSecretResponse rotate(
            Caller caller,
            @PathVariable("webhook_identifier") String identifier,
            @RequestBody(required = false) @Nullable RotateSecretRequest body) {
        return service.rotate(caller, identifier, body == null ? new RotateSecretRequest(null) : body);
    }
}
