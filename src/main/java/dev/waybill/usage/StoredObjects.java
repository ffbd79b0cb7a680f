package dev.waybill.usage;

import dev.waybill.namespaces.OrganizationNamespaces;
import dev.waybill.objects.Objects;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.quotas.StoredFiles;
import org.springframework.stereotype.Component;

/** Storage usage of an organization's objects, and of the files of uploads that create none. */
@Component
public class StoredObjects implements StoredFiles {

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
        return new Sum(objects.storedBytes(namespaces.includingDeleted(organization)), 0);
    }
}
