package dev.waybill.auth;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A person in an organization, known there by an email address.
 *
 * @param email as it was given; addresses are compared without regard to case
 */
record User(
        OrganizationId organization,
        String userId,
        String email,
        String name,
        @Nullable String avatarUrl,
        UserRole role,
        UserStatus status,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether this user counts as somebody who can administer the organization. */
    boolean administers() {
        return role == UserRole.ADMIN && status == UserStatus.ACTIVE;
    }
}
