package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Collection;

/** What waits for endpoints, as far as a change of their webhook touches it. */
public interface EndpointQueues {

    /** Has what waits for these looked at, at once. */
    void wake(Collection<Endpoint> endpoints);

    /** Has these tried at once, even while their circuits are open. */
    void probe(Collection<Endpoint> endpoints);

    /** Whatever failed there counts no more. */
    void forgive(Collection<Endpoint> endpoints);

    /** Removes the deliveries of a webhook, whatever became of them. */
    void removeAll(OrganizationId organization, WebhookId webhook);
}
