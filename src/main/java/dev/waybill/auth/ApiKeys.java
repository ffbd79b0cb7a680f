package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Makes, changes, rotates and revokes keys. The caller administers the organization; that was checked before. */
@Component
class ApiKeys {

    /** A key and its secret, which is known only now. */
    record Issued(ApiKey key, Secret secret) {}

    private final ApiKeyStore keys;
    private final KeyCache cache;
    private final AdminGuard guard;
    private final IdGenerator ids;
    private final InstantSource clock;

    ApiKeys(ApiKeyStore keys, KeyCache cache, AdminGuard guard, IdGenerator ids, InstantSource clock) {
        this.keys = keys;
        this.cache = cache;
        this.guard = guard;
        this.ids = ids;
        this.clock = clock;
    }

    Issued create(Caller caller, User user, ApiKeyCreateRequest request) {
        Set<Permission> permissions = request.grantedPermissions();
        requireGrantable(caller, permissions);
        requireAhead(request.expiresAt());
        String description = request.description();
        return issue(
                user,
                request.name(),
                description == null ? "" : description,
                permissions,
                request.grantedScopes(),
                request.rateLimitOverride(),
                request.expiresAt(),
                caller.userId());
    }

    /** The first key of an organization that is being founded. */
    Issued createFirst(User admin, String createdBy) {
        return issue(admin, "default", "", Set.of(Permission.values()), List.of(), null, null, createdBy);
    }

    List<ApiKey> list(User user, boolean includeRevoked) {
        return keys.list(user.organization(), user.userId(), includeRevoked);
    }

    ApiKey update(Caller caller, User user, String nameOrId, ApiKeyUpdateRequest request) {
        ApiKeyChange change = request.toChange();
        ApiKey key = changeable(user, nameOrId);
        if (request.status() == KeyStatus.EXPIRED) {
            throw InvalidRequest.field("status", "cannot be set to expired; change expires_at", "value_error");
        }
        requireAhead(change.expiresAt());
        if (change.permissions() != null) {
            requireGrantable(caller, change.permissions());
        }
        if (change.mayEndAdministration()) {
            guard.keepAnotherKey(caller, key);
        }
        ApiKey changed = changeNamed(key, change);
        if (request.status() == KeyStatus.REVOKED) {
            return revoke(caller, changed);
        }
        cache.forget(key.hash());
        return changed;
    }

    /** A new secret for the same key. The former one is refused at once here, and within 5 s everywhere. */
    Issued rotate(User user, String nameOrId) {
        ApiKey key = changeable(user, nameOrId);
        Secret secret = KeySecrets.next(ids);
        ApiKey rotated = keys.rotate(key, KeySecrets.hash(secret), KeySecrets.shownPrefix(secret))
                .orElseThrow(() -> changedInBetween(key));
        cache.forget(key.hash());
        return new Issued(rotated, secret);
    }

    ApiKey revoke(Caller caller, User user, String nameOrId) {
        return revoke(caller, changeable(user, nameOrId));
    }

    /** Revokes what a deleted user leaves. Their keys are refused without this too, for want of the user. */
    void revokeAll(Caller caller, OrganizationId organization, String userId) {
        for (ApiKey key : keys.list(organization, userId, false)) {
            keys.revoke(key, caller.userId(), clock.instant());
        }
    }

    private ApiKey revoke(Caller caller, ApiKey key) {
        guard.keepAnotherKey(caller, key);
        ApiKey revoked = keys.revoke(key, caller.userId(), clock.instant()).orElseThrow(() -> changedInBetween(key));
        cache.forget(key.hash());
        return revoked;
    }

    private Issued issue(
            User user,
            String name,
            String description,
            Set<Permission> permissions,
            List<ResourceScope> scopes,
            @Nullable Integer rateLimitOverride,
            @Nullable Instant expiresAt,
            String createdBy) {
        Secret secret = KeySecrets.next(ids);
        ApiKey key = new ApiKey(
                ids.next("key_"),
                KeySecrets.hash(secret),
                KeySecrets.shownPrefix(secret),
                user.organization(),
                user.userId(),
                user.email(),
                name,
                description,
                permissions,
                scopes,
                rateLimitOverride,
                KeyStatus.ACTIVE,
                expiresAt,
                null,
                clock.instant(),
                createdBy,
                null,
                null,
                false);
        return keys.insert(key) ? new Issued(key, secret) : issuedBefore(user, key, secret);
    }

    /** When a request is run again that died, its key is there under the very same id and with the same secret. */
    private Issued issuedBefore(User user, ApiKey key, Secret secret) {
        return keys.find(user.organization(), user.userId(), key.name())
                .filter(there ->
                        there.keyId().equals(key.keyId()) && there.hash().equals(key.hash()))
                .map(mine -> new Issued(mine, secret))
                .orElseThrow(() -> nameTaken(key.name()));
    }

    private ApiKey changeNamed(ApiKey key, ApiKeyChange change) {
        try {
            return keys.update(key, change).orElseThrow(() -> changedInBetween(key));
        } catch (DuplicateKeyException e) {
            throw nameTaken(String.valueOf(change.name()));
        }
    }

    private ApiKey changeable(User user, String nameOrId) {
        ApiKey key = keys.find(user.organization(), user.userId(), nameOrId)
                .orElseThrow(() -> WaybillException.notFound("api_key", nameOrId));
        if (key.operator()) {
            throw new WaybillException(
                    ErrorCode.CONFLICT,
                    "The operator's key comes from the configuration. Change WAYBILL_BOOTSTRAP_API_KEY and restart.",
                    Map.of("resource", "api_key", "id", key.keyId()));
        }
        if (key.status() == KeyStatus.REVOKED) {
            throw new WaybillException(
                    ErrorCode.CONFLICT,
                    "The key '%s' is revoked and stays so. Create a new one.".formatted(key.name()),
                    Map.of("resource", "api_key", "id", key.keyId()));
        }
        return key;
    }

    private static void requireGrantable(Caller caller, Set<Permission> permissions) {
        permissions.stream()
                .sorted()
                .filter(one -> !caller.may(one))
                .findFirst()
                .ifPresent(lacking -> {
                    throw Reach.forbidden(
                            "This key cannot give the permission '%s', which it lacks itself."
                                    .formatted(lacking.wire()),
                            Map.of("permission", lacking.wire()));
                });
    }

    private void requireAhead(@Nullable Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            throw InvalidRequest.field("expires_at", "must lie ahead", "value_error");
        }
    }

    private static WaybillException nameTaken(String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "api_key");
        details.put("id", name);
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS, "The user already has a key named '%s'.".formatted(name), details);
    }

    private static WaybillException changedInBetween(ApiKey key) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "The key '%s' was changed at the same time. Read it again.".formatted(key.name()),
                Map.of("resource", "api_key", "id", key.keyId()));
    }
}
