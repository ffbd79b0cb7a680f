package dev.waybill.auth;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Founds organizations and reads the caller's own. */
@Component
class Organizations {

    /** A new organization with its first admin and the key to begin with. */
    record Founded(Organization organization, User admin, ApiKeys.Issued key) {}

    private final OrganizationStore organizations;
    private final UserStore users;
    private final ApiKeys keys;
    private final IdGenerator ids;
    private final InstantSource clock;

    Organizations(
            OrganizationStore organizations, UserStore users, ApiKeys keys, IdGenerator ids, InstantSource clock) {
        this.organizations = organizations;
        this.users = users;
        this.keys = keys;
        this.ids = ids;
        this.clock = clock;
    }

    private Founded asItStands(Organization organization, User admin, ApiKeys.Issued key) {
        return new Founded(
                organizations.find(organization.id()).orElse(organization),
                users.find(organization.id(), admin.email()).orElse(admin),
                key);
    }

    Organization require(OrganizationId id) {
        return organizations.find(id).orElseThrow(() -> WaybillException.notFound("organization", id.value()));
    }

    /**
     * A crash in between leaves an organization without a key: nobody can enter it, and it does no harm. A request that
     * is run again with the same ids makes what is missing.
     */
    Founded found(Caller caller, OrganizationCreateRequest request) {
        if (!caller.operator()) {
            throw Reach.forbidden("Only the operator's key may found organizations.", Map.of());
        }
        Instant now = clock.instant();
        Plan plan = request.plan();
        Organization organization = new Organization(
                new OrganizationId(ids.next("org_")),
                request.organizationName(),
                plan == null ? Plan.FREE : plan,
                request.storageQuotaBytes(),
                now);
        String name = request.adminName();
        User admin = new User(
                organization.id(),
                ids.next("usr_"),
                request.adminEmail(),
                name == null ? "Administrator" : name,
                null,
                UserRole.ADMIN,
                UserStatus.ACTIVE,
                Map.of(),
                now,
                now);
        boolean isNew = organizations.insert(organization, admin.userId());
        isNew &= users.insert(admin);
        ApiKeys.Issued key = keys.createFirst(admin, caller.userId());
        return isNew ? new Founded(organization, admin, key) : asItStands(organization, admin, key);
    }
}
