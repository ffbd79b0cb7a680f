package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import org.springframework.stereotype.Component;

/** API of this module for others: the namespaces of an organization. */
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

    /** With those that are being deleted, in no order: until they are gone, they have contents. */
    public List<NamespaceId> includingDeleted(OrganizationId organization) {
        return store.allIds(organization);
    }
}
