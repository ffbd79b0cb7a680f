package dev.waybill.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook as somebody wants it, checked. */
record NewWebhook(
        @Nullable WebhookId id,
        String name,
        @Nullable String internalId,
        List<String> eventTypes,
        List<Channel> channels,
        boolean active) {}
