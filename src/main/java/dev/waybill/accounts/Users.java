package dev.waybill.accounts;

import dev.waybill.auth.Caller;
import dev.waybill.auth.KeyCache;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for users of the caller's organization. */
@Component
class Users {

    private final UserStore users;
    private final OrganizationStore organizations;
    private final ApiKeys keys;
    private final KeyCache cache;
    private final LastAdminCheck lastAdminCheck;
    private final IdGenerator ids;
    private final InstantSource clock;

    Users(
            UserStore users,
            OrganizationStore organizations,
            ApiKeys keys,
            KeyCache cache,
            LastAdminCheck lastAdminCheck,
            IdGenerator ids,
            InstantSource clock) {
        this.users = users;
        this.organizations = organizations;
        this.keys = keys;
        this.cache = cache;
        this.lastAdminCheck = lastAdminCheck;
        this.ids = ids;
        this.clock = clock;
    }

    UserResponse create(OrganizationId organization, UserCreateRequest request) {
        UserRole role = request.role();
        Map<String, Object> metadata = request.metadata();
        if (metadata != null) {
            Metadata.check(metadata);
        }
        UserEntity user = UserEntity.of(
                organization,
                ids.next("usr_"),
                request.email(),
                request.userName(),
                request.avatarUrl(),
                role == null ? UserRole.MEMBER : role,
                metadata == null ? Map.of() : metadata,
                clock.instant());
        if (users.insert(user)) {
            enterAdmins(user);
            return UserResponse.of(user);
        }
        // Of this very id, when this is the retry of a request that died after this step.
        UserEntity existing = users.find(organization, request.email())
                .filter(found -> found.userId().equals(user.userId()))
                .orElseThrow(() -> emailTaken(request.email()));
        enterAdmins(existing);
        return UserResponse.of(existing);
    }

    UserResponse get(OrganizationId organization, String email) {
        return UserResponse.of(users.require(organization, email));
    }

    UserListResponse list(OrganizationId organization, ListUsersRequest request, ListQuery query) {
        return UserListResponse.of(users.list(organization, request, query));
    }

    UserResponse update(Caller caller, String email, UserUpdateRequest change) {
        Map<String, Object> metadata = Change.orNone(change.metadata()).value();
        if (metadata != null) {
            Metadata.check(metadata);
        }
        UserEntity user = users.require(caller.organization(), email);
        if (change.endsAdministration()) {
            boolean losesKeys = change.status() != null && change.status() != UserStatus.ACTIVE;
            lastAdminCheck.keepAnotherAdmin(caller, user, losesKeys);
        }
        UserEntity changed =
                users.update(user, change, clock.instant()).orElseThrow(() -> WaybillException.notFound("user", email));
        enterAdmins(changed);
        if (change.status() != null) {
            cache.evictAll();
        }
        return UserResponse.of(changed);
    }

    void delete(Caller caller, String email) {
        UserEntity user = users.require(caller.organization(), email);
        lastAdminCheck.keepAnotherAdmin(caller, user, true);
        if (!users.delete(user)) {
            throw WaybillException.notFound("user", email);
        }
        keys.revokeAll(caller, user.organizationId(), user.userId());
        cache.evictAll();
    }

    /**
     * After the user is written: an admin who is missing in the list is only not counted, which errs on the safe side.
     */
    private void enterAdmins(UserEntity user) {
        if (!user.administers()) {
            return;
        }
        organizations.addAdmin(user.organizationId(), user.userId());
        boolean still = users.find(user.organizationId(), user.email())
                .filter(UserEntity::administers)
                .isPresent();
        if (!still) {
            // A concurrent request suspended or deleted the user in between and found no entry to remove.
            organizations.removeAdmin(user.organizationId(), user.userId());
        }
    }

    private static WaybillException emailTaken(String email) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "user");
        details.put("id", email);
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "The organization already has a user with the address '%s'.".formatted(email),
                details);
    }
}
