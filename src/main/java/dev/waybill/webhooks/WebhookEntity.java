package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A webhook, as it is stored: a subscription to types of events, with the channels to send them over.
 *
 * @param secrets the newest first; two while an old one still signs
 * @param paused null while it is active
 * @param activeSince since when it is active, or was before it was paused
 * @param addedTypes since when it subscribes to types that were added later; those that it has had ever since it is
 *     active are missing here
 * @param failingSince since when the longest failing channel fails; null when none fails
 */
@Document("webhooks")
@CompoundIndex(name = "organization_name", def = "{organization_id: 1, webhook_name: 1}", unique = true)
@CompoundIndex(name = "paused", def = "{organization_id: 1, paused: 1}")
record WebhookEntity(
        @Id String key,
        OrganizationId organizationId,
        String webhookId,
        String webhookName,
        @Nullable String internalId,
        List<String> eventTypes,
        List<Channel> channels,
        List<StoredSecret> secrets,
        @Nullable Pause paused,
        Instant activeSince,
        List<AddedType> addedTypes,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt)
        implements Webhook {

    /** A type that was added later. */
    record AddedType(String eventType, Instant since) {}

    @Override
    public boolean active() {
        return paused == null;
    }

    @Override
    public boolean subscribesTo(String eventType) {
        return active() && eventTypes.contains(eventType);
    }

    @Override
    public boolean subscribedAt(String eventType, Instant occurredAt) {
        return subscribesTo(eventType)
                && !occurredAt.isBefore(activeSince)
                && addedTypes.stream()
                        .noneMatch(added -> added.eventType().equals(eventType) && occurredAt.isBefore(added.since()));
    }

    @Override
    public List<Endpoint> endpoints() {
        return IntStream.range(0, channels.size())
                .mapToObj(channel -> new Endpoint(organizationId, id(), channel))
                .toList();
    }

    /** Until when the previous secret signs as well; null when there is none. */
    @Nullable
    Instant previousSecretExpiresAt() {
        return secrets.size() < 2 ? null : secrets.get(1).expiresAt();
    }

    @Override
    public WebhookId id() {
        return new WebhookId(webhookId);
    }
}
