package dev.waybill.platform.events;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;

/** An event of something that lies in a namespace. */
public interface NamespacedEvent extends PublicEvent {

    /** Whose it is, and where it happened. */
    Scope scope();

    @Override
    default OrganizationId organization() {
        return scope().organization();
    }

    @Override
    default NamespaceId namespace() {
        return scope().namespace();
    }
}
