package dev.waybill.auth;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** @param key organization and lower-case address: one user of an address in each organization */
@Document("users")
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record UserDocument(
        @Id String key,
        String organizationId,
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

    static UserDocument of(User user) {
        return new UserDocument(
                key(user.organization(), user.email()),
                user.organization().value(),
                user.userId(),
                user.email(),
                user.name(),
                user.avatarUrl(),
                user.role(),
                user.status(),
                user.metadata(),
                user.createdAt(),
                user.updatedAt());
    }

    User toUser() {
        return new User(
                new OrganizationId(organizationId),
                userId,
                email,
                userName,
                avatarUrl,
                role,
                status,
                metadata,
                createdAt,
                updatedAt);
    }
}
