package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Map;

/**
 * The endpoint that deliveries go to: one channel of one webhook.
 *
 * @param channel its index in the webhook, from 0
 */
public record Endpoint(OrganizationId organization, WebhookId webhook, int channel) {

    /** The {@code _id} of what is stored about it. */
    public String key() {
        return "%s/%s#%d".formatted(organization.value(), webhook.value(), channel);
    }

    /** As the payload of its task. */
    public Map<String, Object> payload() {
        return Map.of("organization", organization.value(), "webhook", webhook.value(), "channel", channel);
    }

    public static Endpoint of(Map<String, Object> payload) {
        return new Endpoint(
                new OrganizationId(String.valueOf(payload.get("organization"))),
                new WebhookId(String.valueOf(payload.get("webhook"))),
                payload.get("channel") instanceof Number number ? number.intValue() : 0);
    }
}
