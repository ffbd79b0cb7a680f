package dev.waybill.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook as the API returns it. */
@Schema(name = "Webhook-Output", description = "Who is told of what, and how.")
record WebhookResponse(
        @Schema(description = "Its id.", pattern = WebhookId.PATTERN, example = "wh_00a1b2c3d4e5f607")
        String webhookId,

        @Schema(description = "Unique in the organization.", example = "catalog")
        String webhookName,

        @Schema(description = "Whatever you know it by.", example = "crm-17") @Nullable
        String internalId,

        @Schema(description = "What it is told of.", example = "[\"object.created\", \"batch.completed\"]")
        List<String> eventTypes,

        @Schema(description = "How it is told.") List<ChannelResponse> channels,

        @Schema(description = "Whether it is told of anything now.", example = "true")
        boolean isActive,

        @Schema(
                description = "The secret that signs its events. Only in the answer that makes it: it is never told"
                        + " again.",
                example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        @Nullable
        String secret,

        @Schema(
                description = "Until when the secret before signs as well; while there is one.",
                example = "2026-11-22T09:30:00.123Z")
        @Nullable
        Instant previousSecretExpiresAt,

        @Schema(
                description = "Why it is not active.",
                example = "Every attempt since 2026-11-20T09:30:00Z failed; the last one: HTTP 500")
        @Nullable
        String pausedReason,

        @Schema(description = "Since when it is not active.", example = "2026-11-21T09:30:00.123Z") @Nullable
        Instant pausedAt,

        @Schema(
                description = "Since when all attempts fail; left out while they do not.",
                example = "2026-11-20T09:30:00.123Z")
        @Nullable
        Instant failingSince,

        @Schema(description = "When it was made.", example = "2026-11-19T09:30:00.123Z")
        Instant createdAt,

        @Schema(description = "When it was changed last.", example = "2026-11-19T09:30:00.123Z")
        Instant updatedAt) {

    /** One channel of a webhook. */
    @Schema(name = "WebhookChannel-Output", description = "One way to be told.")
    record ChannelResponse(
            @Schema(
                    description = "Its kind.",
                    allowableValues = {"webhook", "slack", "email"},
                    example = "webhook")
            String channel,

            @Schema(description = "The settings that this kind has.")
            ChannelSettings configs,

            @Schema(
                    description = "Why nothing can be delivered over it for now; left out when it can.",
                    example = "Email cannot be delivered: no mail server is configured. The operator must set"
                            + " SPRING_MAIL_HOST.")
            @Nullable
            String deliveryProblem) {}

    /**
     * @param secret null unless this response is to contain it
     * @param mailProblem why no email can be delivered; null when it can
     */
    static WebhookResponse of(WebhookEntity webhook, @Nullable String secret, @Nullable String mailProblem) {
        Webhook.Pause paused = webhook.paused();
        return new WebhookResponse(
                webhook.webhookId(),
                webhook.webhookName(),
                webhook.internalId(),
                webhook.eventTypes(),
                webhook.channels().stream()
                        .map(channel -> new ChannelResponse(
                                channel.kind().wire(),
                                channel.settings(),
                                channel.kind() == Channel.Kind.EMAIL ? mailProblem : null))
                        .toList(),
                webhook.active(),
                secret,
                webhook.previousSecretExpiresAt(),
                paused == null ? null : paused.reason(),
                paused == null ? null : paused.at(),
                webhook.failingSince(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    /** It may hold a secret. */
    @Override
    public String toString() {
        return "WebhookResponse[" + webhookId + "]";
    }
}
