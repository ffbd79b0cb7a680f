package dev.waybill.auth;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant.
 *
 * @param storageQuotaBytes null when it may store without bound
 */
record Organization(
        OrganizationId id, String name, Plan plan, @Nullable Long storageQuotaBytes, Instant createdAt) {}
