package dev.waybill.webhooks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The new secret; no other response contains it. */
record RotateSecretResponse(
        @Schema(description = "The webhook.", example = "wh_00a1b2c3d4e5f607")
        String webhookId,

        @Schema(
                description = "The new secret. It is never told again.",
                example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        String secret,

        @Schema(
                description = "Until when events are signed with the secret before as well; left out when it ended at"
                        + " once.",
                example = "2026-11-22T09:30:00.123Z")
        @Nullable
        Instant previousSecretExpiresAt) {

    static RotateSecretResponse of(WebhookEntity webhook, String secret) {
        return new RotateSecretResponse(webhook.webhookId(), secret, webhook.previousSecretExpiresAt());
    }

    @Override
    public String toString() {
        return "RotateSecretResponse[" + webhookId + "]";
    }
}
