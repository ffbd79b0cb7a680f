package dev.waybill.accounts;

import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** API of this module for others: storage limits of organizations, for background work without a caller. */
@Component
public class Entitlements {

    private final OrganizationStore organizations;

    Entitlements(OrganizationStore organizations) {
        this.organizations = organizations;
    }

    /**
     * Limits of one organization.
     *
     * @param maxFileBytes how large one file may be
     * @param storageQuotaBytes null when it may store without bound
     */
    public record Entitlement(long maxFileBytes, @Nullable Long storageQuotaBytes) {}

    /** Read at each call; empty when there is no such organization. */
    public Optional<Entitlement> of(OrganizationId organization) {
        return organizations
                .find(organization)
                .map(found -> new Entitlement(found.plan().maxFileBytes(), found.storageQuotaBytes()));
    }
}
