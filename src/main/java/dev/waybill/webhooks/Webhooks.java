package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The webhooks that there are, for those who deliver to them. */
public interface Webhooks {

    /** By id or by name. */
    Optional<? extends Webhook> find(OrganizationId organization, String identifier);

    Optional<? extends Webhook> find(OrganizationId organization, WebhookId id);

    /** Those of these keys that are there. */
    List<? extends Webhook> findAll(Collection<String> keys);

    /** @return the webhook as it is now; empty when it was paused before, or is gone */
    Optional<? extends Webhook> pause(Webhook webhook, String reason, Instant now);

    /** @param since when the failures of the channel that fails the longest began; null when none fails */
    void failing(Webhook webhook, @Nullable Instant since);
}
