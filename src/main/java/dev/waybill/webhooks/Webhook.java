package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to hear of what, and how.
 *
 * @param secrets the newest first; two while an old one still counts
 * @param paused null while it is active
 * @param activeSince since when it is active, or was before it was paused
 * @param addedSince since when it asks for the types that were added later; types that it has asked for all the time
 *     since it is active are missing here
 * @param failingSince when the failures of the channel that fails the longest began; null when none fails
 */
record Webhook(
        WebhookId id,
        OrganizationId organization,
        String name,
        @Nullable String internalId,
        List<String> eventTypes,
        List<Channel> channels,
        List<StoredSecret> secrets,
        @Nullable Pause paused,
        Instant activeSince,
        Map<String, Instant> addedSince,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt) {

    Webhook {
        eventTypes = List.copyOf(eventTypes);
        channels = List.copyOf(channels);
        secrets = List.copyOf(secrets);
        addedSince = Map.copyOf(addedSince);
    }

    /** Why it is not active, and since when. */
    record Pause(String reason, Instant at) {}

    /**
     * A signing secret.
     *
     * @param sealed encrypted
     * @param expiresAt from when on it signs no more; null for the current one
     */
    record StoredSecret(
            String sealed, Instant createdAt, @Nullable Instant expiresAt) {

        boolean isLive(Instant now) {
            return expiresAt == null || expiresAt.isAfter(now);
        }

        /** It is encrypted, and still nobody's business. */
        @Override
        public String toString() {
            return "StoredSecret[createdAt=%s, expiresAt=%s]".formatted(createdAt, expiresAt);
        }
    }

    boolean isActive() {
        return paused == null;
    }

    boolean wants(String eventType) {
        return isActive() && eventTypes.contains(eventType);
    }

    /** Whether it asked for such events already when this one occurred. */
    boolean wantedThen(String eventType, Instant occurredAt) {
        Instant added = addedSince.getOrDefault(eventType, activeSince);
        return wants(eventType) && !occurredAt.isBefore(activeSince) && !occurredAt.isBefore(added);
    }

    /** Where its deliveries go, one for each channel. */
    List<Endpoint> endpoints() {
        return IntStream.range(0, channels.size())
                .mapToObj(channel -> new Endpoint(organization, id, channel))
                .toList();
    }

    String key() {
        return key(organization, id.value());
    }

    /** The {@code _id} of what belongs to an organization. */
    static String key(OrganizationId organization, String id) {
        return organization.value() + "/" + id;
    }
}
