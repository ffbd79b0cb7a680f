package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port to the stored webhooks, for their delivery. */
public interface Webhooks {

    /** By id or by name. */
    Optional<? extends Webhook> find(OrganizationId organization, String identifier);

    Optional<? extends Webhook> find(OrganizationId organization, WebhookId id);

    /** Those of these keys that exist. */
    List<? extends Webhook> findAll(Collection<String> keys);

    /** @return the webhook as it is now; empty when it was paused before, or is deleted */
    Optional<? extends Webhook> pause(Webhook webhook, String reason, Instant now);

    /** @param since since when the longest failing channel fails; null when none fails */
    void setFailingSince(Webhook webhook, @Nullable Instant since);
}
