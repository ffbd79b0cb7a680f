package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to hear of what, and how.
 *
 * @param secrets the newest first; two while an old one still counts
 * @param paused null while it is active
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
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant updatedAt) {

    Webhook {
        eventTypes = List.copyOf(eventTypes);
        channels = List.copyOf(channels);
        secrets = List.copyOf(secrets);
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

    /** The keys of the lines in front of its channels. */
    List<String> lines() {
        return IntStream.range(0, channels.size())
                .mapToObj(channel -> LineDocument.key(organization, id, channel))
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
