package dev.waybill.objects;

import dev.waybill.namespaces.OrganizationNamespaces;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.StoredFiles;
import org.springframework.stereotype.Component;

/** What an organization's objects take, and the files of uploads that make none. */
@Component
class StoredObjects implements StoredFiles {

    private static final int AFTER_UPLOADS = 200;

    private final Objects objects;
    private final OrganizationNamespaces namespaces;

    StoredObjects(Objects objects, OrganizationNamespaces namespaces) {
        this.objects = objects;
        this.namespaces = namespaces;
    }

    @Override
    public int order() {
        return AFTER_UPLOADS;
    }

    @Override
    public Sum of(OrganizationId organization) {
        return new Sum(objects.storedBytes(namespaces.withDeletedOnesOf(organization)), 0);
    }
}
