package dev.waybill.webhooks;

import java.util.Optional;

/** Whether this installation delivers by email. */
public interface EmailDelivery {

    /** Why nothing can be delivered by email; empty when it can. */
    Optional<String> problem();
}
