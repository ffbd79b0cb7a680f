package dev.waybill.webhooks;

import dev.waybill.platform.errors.Violations;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook to create, or what to replace it with. */
@Schema(name = "Webhook-Input", example = """
                {"webhook_name": "catalog", "event_types": ["object.created", "batch.completed"], "channels": \
                [{"channel": "webhook", "configs": {"url": "https://hooks.example.com/waybill"}}]}""")
record WebhookRequest(
        @Schema(
                description = "An id of your own choice; made up when it is left out, and ignored in an update.",
                pattern = WebhookId.PATTERN,
                example = "wh_00a1b2c3d4e5f607")
        @Nullable
        String webhookId,

        @Schema(
                description = "Unique in the organization, 1 to 200 characters.",
                minLength = 1,
                maxLength = 200,
                example = "catalog",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String webhookName,

        @Schema(description = "Whatever you know it by; kept and not used.", maxLength = 200, example = "crm-17")
        @Nullable
        String internalId,

        @Schema(
                description = "What to be told of. `GET /v1/organizations/webhooks/event-types` lists all there are.",
                example = "[\"object.created\", \"batch.completed\"]",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        List<@Nullable String> eventTypes,

        @Schema(
                description = "How to be told: each event goes over each of them.",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        List<@Nullable ChannelRequest> channels,

        @Schema(description = "Whether it is told of anything now. Default true.", example = "true") @Nullable
        Boolean isActive) {

    static final int MAX_NAME = 200;
    static final int MAX_CHANNELS = 10;
    static final int MAX_INTERNAL_ID = 200;

    /** One channel of a webhook. */
    @Schema(name = "WebhookChannel-Input", description = "One way to be told.")
    record ChannelRequest(
            @Schema(
                    description = "`webhook` posts signed JSON to you, `slack` writes to a channel there, `email` needs"
                            + " a mail server in the service's settings.",
                    allowableValues = {"webhook", "slack", "email"},
                    example = "webhook",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String channel,

            @Schema(description = "The settings that this kind has.", requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            ChannelSettings configs) {}

    NewWebhook read() {
        Violations violations = new Violations();
        if (webhookId != null && !WebhookId.isValid(webhookId)) {
            violations.add(
                    List.of("body", "webhook_id"),
                    "String should match pattern '%s'".formatted(WebhookId.PATTERN),
                    "string_pattern_mismatch");
        }
        readName(violations);
        violations.atMost(List.of("body", "internal_id"), internalId, MAX_INTERNAL_ID);
        violations.plain(List.of("body", "internal_id"), internalId);
        List<String> types = readTypes(violations);
        List<Channel> read = readChannels(violations);
        violations.refuse();
        return new NewWebhook(
                webhookId == null ? null : new WebhookId(webhookId),
                String.valueOf(webhookName),
                internalId,
                types,
                read,
                isActive == null || isActive);
    }

    private void readName(Violations violations) {
        List<Object> at = List.of("body", "webhook_name");
        if (violations.has(at, webhookName) && webhookName != null) {
            if (webhookName.isBlank()) {
                violations.add(at, "String should have at least 1 character", "string_too_short");
            }
            violations.plain(at, webhookName);
            violations.inPath(at, webhookName);
            if (webhookName.equals(WebhookController.EVENT_TYPES)) {
                violations.add(at, "must not be 'event-types', whose path lists the types of events", "value_error");
            }
            violations.atMost(at, webhookName, MAX_NAME);
        }
    }

    private List<String> readTypes(Violations violations) {
        List<Object> at = List.of("body", "event_types");
        if (!violations.has(at, eventTypes) || eventTypes == null) {
            return List.of();
        }
        if (eventTypes.isEmpty()) {
            violations.add(at, "List should have at least 1 item", "too_short");
        }
        LinkedHashSet<String> types = new LinkedHashSet<>();
        for (int i = 0; i < eventTypes.size(); i++) {
            String type = eventTypes.get(i);
            if (type == null || !EventTypes.ALL.contains(type)) {
                violations.add(
                        List.of("body", "event_types", i),
                        "Input should be one of: %s".formatted(String.join(", ", EventTypes.ALL)),
                        "enum");
            } else {
                types.add(type);
            }
        }
        return List.copyOf(types);
    }

    private List<Channel> readChannels(Violations violations) {
        List<Object> at = List.of("body", "channels");
        List<Channel> read = new ArrayList<>();
        if (!violations.has(at, channels) || channels == null) {
            return read;
        }
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            violations.add(at, "List should have 1 to %d items".formatted(MAX_CHANNELS), "too_short");
        }
        for (int i = 0; i < channels.size(); i++) {
            List<Object> path = List.of("body", "channels", i);
            ChannelRequest channel = channels.get(i);
            if (violations.has(path, channel) && channel != null) {
                new ChannelReader(violations, path)
                        .read(channel.channel(), channel.configs())
                        .ifPresent(read::add);
            }
        }
        return read;
    }
}
