package dev.waybill.accounts;

import dev.waybill.auth.Plan;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An organization, the tenant, as stored.
 *
 * @param storageQuotaBytes null when it may store without bound
 * @param admins the ids of users who are active admins: this list alone decides who is the last of them
 */
@Document("organizations")
record OrganizationEntity(
        @Id String organizationId,
        String organizationName,
        Plan plan,
        @Nullable Long storageQuotaBytes,
        List<String> admins,
        Instant createdAt) {

    OrganizationId id() {
        return new OrganizationId(organizationId);
    }
}
