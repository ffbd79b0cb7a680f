package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** A {@link Webhook} as it is stored. */
@Document("webhooks")
@CompoundIndex(name = "organization_name", def = "{organization_id: 1, webhook_name: 1}", unique = true)
@CompoundIndex(name = "active", def = "{organization_id: 1, is_active: 1}")
record WebhookDocument(
        @Id String key,
        String organizationId,
        String webhookId,
        String webhookName,
        @Nullable String internalId,
        List<String> eventTypes,
        List<StoredChannel> channels,
        List<Webhook.StoredSecret> secrets,
        boolean isActive,
        @Nullable String pausedReason,
        @Nullable Instant pausedAt,
        Instant activeSince,
        List<AddedType> addedTypes,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt) {

    /** @param settings as JSON, because callers name the headers */
    record StoredChannel(String kind, String settings) {

        static StoredChannel of(Channel channel) {
            return new StoredChannel(channel.kind().name(), EventJson.write(channel.settings()));
        }

        Channel toChannel() {
            return new Channel(Channel.Kind.valueOf(kind), EventJson.read(settings, ChannelSettings.class));
        }
    }

    /** A list of these, because names of types have dots in them. */
    record AddedType(String eventType, Instant since) {}

    static WebhookDocument of(Webhook webhook) {
        Webhook.Pause paused = webhook.paused();
        return new WebhookDocument(
                webhook.key(),
                webhook.organization().value(),
                webhook.id().value(),
                webhook.name(),
                webhook.internalId(),
                webhook.eventTypes(),
                webhook.channels().stream().map(StoredChannel::of).toList(),
                webhook.secrets(),
                paused == null,
                paused == null ? null : paused.reason(),
                paused == null ? null : paused.at(),
                webhook.activeSince(),
                webhook.addedSince().entrySet().stream()
                        .map(added -> new AddedType(added.getKey(), added.getValue()))
                        .toList(),
                webhook.failingSince(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    Webhook toWebhook() {
        return new Webhook(
                new WebhookId(webhookId),
                new OrganizationId(organizationId),
                webhookName,
                internalId,
                eventTypes,
                channels.stream().map(StoredChannel::toChannel).toList(),
                secrets,
                pausedReason == null || pausedAt == null ? null : new Webhook.Pause(pausedReason, pausedAt),
                activeSince,
                addedTypes.stream().collect(Collectors.toMap(AddedType::eventType, AddedType::since)),
                failingSince,
                createdAt,
                updatedAt);
    }
}
