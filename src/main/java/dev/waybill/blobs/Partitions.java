package dev.waybill.blobs;

import dev.waybill.namespaces.OrganizationNamespaces;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The partitions of an organization: the ids that its storage keys contain. */
@FunctionalInterface
interface Partitions {

    /** In a stable order, without namespaces that are being deleted, as their bytes are removed anyway. */
    Set<String> of(OrganizationId organization);

    /** The ids of its namespaces, and its own for what belongs to none. */
    @Component
    class OfNamespaces implements Partitions {

        private final OrganizationNamespaces namespaces;

        OfNamespaces(OrganizationNamespaces namespaces) {
            this.namespaces = namespaces;
        }

        @Override
        public Set<String> of(OrganizationId organization) {
            Set<String> partitions = new LinkedHashSet<>();
            namespaces.of(organization).stream().map(NamespaceId::value).forEach(partitions::add);
            partitions.add(organization.value());
            return partitions;
        }
    }
}
