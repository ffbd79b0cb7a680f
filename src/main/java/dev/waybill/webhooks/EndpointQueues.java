package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Collection;

/** The delivery queues of endpoints, as far as a change of their webhook affects them. */
public interface EndpointQueues {

    /** Has the deliveries pending for these dispatched at once. */
    void wake(Collection<Endpoint> endpoints);

    /** Has these attempted at once, even while their circuits are open. */
    void probe(Collection<Endpoint> endpoints);

    /** Closes their circuits and clears their failures. */
    void resetHealth(Collection<Endpoint> endpoints);

    /** Removes the deliveries of a webhook, whatever their status. */
    void removeAll(OrganizationId organization, WebhookId webhook);
}
