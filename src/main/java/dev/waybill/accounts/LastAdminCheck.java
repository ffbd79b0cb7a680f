package dev.waybill.accounts;

import dev.waybill.auth.Caller;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Keeps an organization from locking itself out: an active admin and a key that can administer it must remain. */
@Component
class LastAdminCheck {

    private final OrganizationStore organizations;
    private final UserStore users;
    private final ApiKeyStore keys;
    private final InstantSource clock;

    LastAdminCheck(OrganizationStore organizations, UserStore users, ApiKeyStore keys, InstantSource clock) {
        this.organizations = organizations;
        this.users = users;
        this.keys = keys;
        this.clock = clock;
    }

    /** Before a key loses its admin rights. Another key than the caller's own may: the caller's remains. */
    void keepAnotherKey(Caller caller, ApiKeyEntity key) {
        if (caller.keyId().equals(key.keyId())) {
            requireKey(
                    caller,
                    other -> !other.keyId().equals(key.keyId()),
                    "This is the last key that can administer the organization. Create another first, or rotate it.");
        }
    }

    /** Before a user is deleted or stops being an active admin. */
    void keepAnotherAdmin(Caller caller, UserEntity user, boolean losesKeys) {
        if (user.userId().equals(Bootstrap.USER_ID)) {
            throw conflict("The operator's user comes with the configuration and stays an active admin.", user);
        }
        if (losesKeys && caller.userId().equals(user.userId())) {
            requireKey(
                    caller,
                    other -> !other.userId().equals(user.userId()),
                    "No other active user has a key that can administer the organization. Create one first.");
        }
        if (!organizations.removeAdmin(user.organizationId(), user.userId())) {
            throw conflict("This is the last active admin of the organization. Make another one first.", user);
        }
    }

    private void requireKey(Caller caller, Predicate<ApiKeyEntity> other, String message) {
        Instant now = clock.instant();
        boolean remains = keys.listAdmins(caller.organization()).stream()
                .filter(other)
                .filter(key -> key.administersAt(now))
                .anyMatch(users::hasActive);
        if (!remains) {
            throw new WaybillException(ErrorCode.CONFLICT, message);
        }
    }

    private static WaybillException conflict(String message, UserEntity user) {
        return new WaybillException(ErrorCode.CONFLICT, message, Map.of("resource", "user", "id", user.email()));
    }
}
