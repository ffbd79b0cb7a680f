package dev.waybill.accounts;

import dev.waybill.auth.Caller;
import dev.waybill.auth.KeyCache;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ResourceScope;
import dev.waybill.auth.Secret;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
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

/** Use cases of the HTTP API for API keys. That the caller administers the organization was checked before. */
@Component
class ApiKeys {

    private final ApiKeyStore keys;
    private final UserStore users;
    private final KeyCache cache;
    private final LastAdminCheck lastAdminCheck;
    private final IdGenerator ids;
    private final InstantSource clock;

    ApiKeys(
            ApiKeyStore keys,
            UserStore users,
            KeyCache cache,
            LastAdminCheck lastAdminCheck,
            IdGenerator ids,
            InstantSource clock) {
        this.keys = keys;
        this.users = users;
        this.cache = cache;
        this.lastAdminCheck = lastAdminCheck;
        this.ids = ids;
        this.clock = clock;
    }

    ApiKeyResponse.WithSecret create(Caller caller, String email, ApiKeyCreateRequest request) {
        UserEntity user = users.require(caller.organization(), email);
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

    /** The first key of an organization that is being created. */
    ApiKeyResponse.WithSecret createFirst(UserEntity admin, String createdBy) {
        return issue(admin, "default", "", Set.of(Permission.values()), List.of(), null, null, createdBy);
    }

    ApiKeyResponse.Listed list(Caller caller, String email, boolean includeRevoked, ListQuery query) {
        UserEntity user = users.require(caller.organization(), email);
        Instant now = clock.instant();
        Page<ApiKeyEntity> page = keys.page(user.organizationId(), user.userId(), includeRevoked, query);
        Long total = page.total();
        return new ApiKeyResponse.Listed(
                page.map(key -> ApiKeyResponse.of(key, now)).items(),
                PaginationResponse.of(page),
                total == null ? 0 : total);
    }

    ApiKeyResponse update(Caller caller, String email, String nameOrId, ApiKeyUpdateRequest request) {
        ApiKeyEntity key = changeable(caller, email, nameOrId);
        if (request.status() == KeyStatus.EXPIRED) {
            throw InvalidRequest.field("status", "cannot be set to expired; change expires_at", "value_error");
        }
        requireAhead(Change.orNone(request.expiresAt()).value());
        Set<Permission> permissions = request.grantedPermissions();
        if (permissions != null) {
            requireGrantable(caller, permissions);
        }
        if (request.mayEndAdministration()) {
            lastAdminCheck.keepAnotherKey(caller, key);
        }
        ApiKeyEntity changed = changeNamed(key, request);
        if (request.status() == KeyStatus.REVOKED) {
            changed = revoke(caller, changed);
        } else {
            cache.evict(key.keyHash());
        }
        return ApiKeyResponse.of(changed, clock.instant());
    }

    /** A new secret for the same key. The former one is refused at once here, and within 5 s everywhere. */
    ApiKeyResponse.WithSecret rotate(Caller caller, String email, String nameOrId) {
        ApiKeyEntity key = changeable(caller, email, nameOrId);
        Secret secret = KeySecrets.next(ids);
        ApiKeyEntity rotated = keys.rotate(key, KeySecrets.hash(secret), KeySecrets.shownPrefix(secret))
                .orElseThrow(() -> changedInBetween(key));
        cache.evict(key.keyHash());
        return ApiKeyResponse.WithSecret.of(rotated, secret, clock.instant());
    }

    void revoke(Caller caller, String email, String nameOrId) {
        revoke(caller, changeable(caller, email, nameOrId));
    }

    /** Revokes the keys of a deleted user. They are refused without this too, as their user is missing. */
    void revokeAll(Caller caller, OrganizationId organization, String userId) {
        for (ApiKeyEntity key : keys.active(organization, userId)) {
            keys.revoke(key, caller.userId(), clock.instant());
        }
    }

    private ApiKeyEntity revoke(Caller caller, ApiKeyEntity key) {
        lastAdminCheck.keepAnotherKey(caller, key);
        ApiKeyEntity revoked =
                keys.revoke(key, caller.userId(), clock.instant()).orElseThrow(() -> changedInBetween(key));
        cache.evict(key.keyHash());
        return revoked;
    }

    private ApiKeyResponse.WithSecret issue(
            UserEntity user,
            String name,
            String description,
            Set<Permission> permissions,
            List<ResourceScope> scopes,
            @Nullable Integer rateLimitOverride,
            @Nullable Instant expiresAt,
            String createdBy) {
        Secret secret = KeySecrets.next(ids);
        ApiKeyEntity key = new ApiKeyEntity(
                ids.next("key_"),
                KeySecrets.hash(secret),
                KeySecrets.shownPrefix(secret),
                user.organizationId(),
                user.userId(),
                user.email(),
                name,
                ApiKeyEntity.claim(user.userId(), name),
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
        ApiKeyEntity issued = keys.insert(key) ? key : issuedBefore(key);
        return ApiKeyResponse.WithSecret.of(issued, secret, clock.instant());
    }

    /** A retry of a request that died finds its key stored, under the very same id and with the same secret. */
    private ApiKeyEntity issuedBefore(ApiKeyEntity key) {
        return keys.find(key.organizationId(), key.userId(), key.name())
                .filter(existing -> existing.keyId().equals(key.keyId())
                        && existing.keyHash().equals(key.keyHash()))
                .orElseThrow(() -> nameTaken(key.name()));
    }

    private ApiKeyEntity changeNamed(ApiKeyEntity key, ApiKeyUpdateRequest change) {
        try {
            return keys.update(key, change).orElseThrow(() -> changedInBetween(key));
        } catch (DuplicateKeyException e) {
            throw nameTaken(String.valueOf(change.name()));
        }
    }

    private ApiKeyEntity changeable(Caller caller, String email, String nameOrId) {
        UserEntity user = users.require(caller.organization(), email);
        ApiKeyEntity key = keys.find(user.organizationId(), user.userId(), nameOrId)
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
                    throw new WaybillException(
                            ErrorCode.FORBIDDEN,
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

    private static WaybillException changedInBetween(ApiKeyEntity key) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "The key '%s' was changed at the same time. Read it again.".formatted(key.name()),
                Map.of("resource", "api_key", "id", key.keyId()));
    }
}
