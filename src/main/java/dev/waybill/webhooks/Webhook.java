package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook: a subscription to types of events, and the channels that they are delivered over. */
public interface Webhook {

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

        /** It is encrypted, and still not for logs. */
        @Override
        public String toString() {
            return "StoredSecret[createdAt=%s, expiresAt=%s]".formatted(createdAt, expiresAt);
        }
    }

    /** Unique among the webhooks of all tenants. */
    String key();

    OrganizationId organizationId();

    WebhookId id();

    String webhookName();

    /** Each event is delivered over each of them. */
    List<Channel> channels();

    /** The newest first; two while an old one still signs. */
    List<StoredSecret> secrets();

    /** Null while it is active. */
    @Nullable
    Pause paused();

    boolean active();

    /** Since when the longest failing channel fails; null when none fails. */
    @Nullable
    Instant failingSince();

    /** Its endpoints, one for each channel. */
    List<Endpoint> endpoints();

    boolean subscribesTo(String eventType);

    /** Whether it subscribed to such events already when this one occurred. */
    boolean subscribedAt(String eventType, Instant occurredAt);
}
