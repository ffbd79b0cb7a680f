package dev.waybill.accounts;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A user of an organization, as stored; identified there by an email address.
 *
 * @param key organization and lower-case address: one user of an address in each organization
 * @param email as sent; addresses are compared without regard to case
 */
@Document("users")
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record UserEntity(
        @Id String key,
        OrganizationId organizationId,
        String userId,
        String email,
        String userName,
        @Nullable String avatarUrl,
        UserRole role,
        UserStatus status,
        Map<String, Object> metadata,
        Instant createdAt,
        Instant updatedAt) {

    static String key(OrganizationId organization, String email) {
        return organization.value() + "/" + email.toLowerCase(Locale.ROOT);
    }

    /** A new user, who is active. */
    static UserEntity of(
            OrganizationId organization,
            String userId,
            String email,
            String name,
            @Nullable String avatarUrl,
            UserRole role,
            Map<String, Object> metadata,
            Instant now) {
        return new UserEntity(
                key(organization, email),
                organization,
                userId,
                email,
                name,
                avatarUrl,
                role,
                UserStatus.ACTIVE,
                metadata,
                now,
                now);
    }

    /** Whether this user counts as somebody who can administer the organization. */
    boolean administers() {
        return role == UserRole.ADMIN && status == UserStatus.ACTIVE;
    }
}
