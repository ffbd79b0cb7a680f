package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Which namespaces an organization has, for the rooms above. */
@Component
public class OrganizationNamespaces {

    private final NamespaceStore store;

    OrganizationNamespaces(NamespaceStore store) {
        this.store = store;
    }

    /** All of them in the order of their ids, without those that are being deleted. */
    public List<NamespaceId> of(OrganizationId organization) {
        return store.ids(organization);
    }

    /** Those that are being deleted too, in no order: until they are gone, something lies in them. */
    public List<NamespaceId> withDeletedOnesOf(OrganizationId organization) {
        return store.allIds(organization);
    }
}
