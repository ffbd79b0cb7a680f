package dev.waybill.accounts;

import dev.waybill.auth.AuthenticatedKey;
import dev.waybill.auth.Caller;
import dev.waybill.auth.KeySource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Loads a key with its user and its organization from MongoDB: three reads, by a unique index and by {@code _id}. */
@Component
class KeyLoader implements KeySource {

    private final ApiKeyStore keys;
    private final UserStore users;
    private final OrganizationStore organizations;

    KeyLoader(ApiKeyStore keys, UserStore users, OrganizationStore organizations) {
        this.keys = keys;
        this.users = users;
        this.organizations = organizations;
    }

    @Override
    public Optional<AuthenticatedKey> find(String hash) {
        return keys.findByHash(hash)
                .filter(key -> key.status() == KeyStatus.ACTIVE)
                .filter(users::hasActive)
                .flatMap(key -> organizations.find(key.organizationId()).map(owner -> authenticated(key, owner)));
    }

    private static AuthenticatedKey authenticated(ApiKeyEntity key, OrganizationEntity owner) {
        Caller caller = new Caller(
                owner.id(),
                key.userId(),
                key.keyId(),
                key.permissions(),
                key.scopes(),
                owner.plan(),
                owner.storageQuotaBytes(),
                key.operator());
        return new AuthenticatedKey(caller, key.expiresAt(), key.rateLimitOverride());
    }
}
