package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who wants to hear of what, and how. */
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

        /** It is encrypted, and still nobody's business. */
        @Override
        public String toString() {
            return "StoredSecret[createdAt=%s, expiresAt=%s]".formatted(createdAt, expiresAt);
        }
    }

    /** Tells it from those of all tenants. */
    String key();

    OrganizationId organizationId();

    WebhookId id();

    String webhookName();

    /** How it is told: each event goes over each of them. */
    List<Channel> channels();

    /** The newest first; two while an old one still counts. */
    List<StoredSecret> secrets();

    /** Null while it is active. */
    @Nullable
    Pause paused();

    boolean active();

    /** When the failures of the channel that fails the longest began; null when none fails. */
    @Nullable
    Instant failingSince();

    /** Where its deliveries go, one for each channel. */
    List<Endpoint> endpoints();

    boolean wants(String eventType);

    /** Whether it asked for such events already when this one occurred. */
    boolean wantedThen(String eventType, Instant occurredAt);
}
