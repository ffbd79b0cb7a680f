package dev.waybill.blobs;

import dev.waybill.namespaces.OrganizationNamespaces;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whose names stand in the keys of an organization. */
@FunctionalInterface
interface Partitions {

    /** In a fixed order, and without namespaces that are being deleted: their bytes go anyway. */
    Set<String> of(OrganizationId organization);

    /** Its namespaces' names, and its own for what lies in none. */
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
