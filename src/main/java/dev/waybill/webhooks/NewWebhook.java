package dev.waybill.webhooks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A validated request to create or replace a webhook. */
record NewWebhook(
        @Nullable WebhookId id,
        String name,
        @Nullable String internalId,
        List<String> eventTypes,
        List<Channel> channels,
        boolean active) {}
