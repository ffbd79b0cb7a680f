package dev.waybill.accounts;

import dev.waybill.auth.AuthProperties;
import dev.waybill.auth.Caller;
import dev.waybill.auth.Plan;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for organizations: creates them and reads the caller's own. */
@Component
class Organizations {

    private final OrganizationStore organizations;
    private final UserStore users;
    private final ApiKeys keys;
    private final AuthProperties.RateLimit limits;
    private final IdGenerator ids;
    private final InstantSource clock;

    Organizations(
            OrganizationStore organizations,
            UserStore users,
            ApiKeys keys,
            AuthProperties properties,
            IdGenerator ids,
            InstantSource clock) {
        this.organizations = organizations;
        this.users = users;
        this.keys = keys;
        this.limits = properties.rateLimit();
        this.ids = ids;
        this.clock = clock;
    }

    OrganizationResponse get(OrganizationId id) {
        return organizations
                .find(id)
                .map(organization -> OrganizationResponse.of(organization, limits))
                .orElseThrow(() -> WaybillException.notFound("organization", id.value()));
    }

    /**
     * A crash in between leaves an organization without a key, which nobody can use and does no harm. A retry with the
     * same ids creates what is missing.
     */
    OrganizationResponse.Founded found(Caller caller, OrganizationCreateRequest request) {
        if (!caller.operator()) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN, "Only the operator's key may found organizations.", Map.of());
        }
        Instant now = clock.instant();
        Plan plan = request.plan();
        OrganizationId id = new OrganizationId(ids.next("org_"));
        String name = request.adminName();
        UserEntity admin = UserEntity.of(
                id,
                ids.next("usr_"),
                request.adminEmail(),
                name == null ? "Administrator" : name,
                null,
                UserRole.ADMIN,
                Map.of(),
                now);
        OrganizationEntity organization = new OrganizationEntity(
                id.value(),
                request.organizationName(),
                plan == null ? Plan.FREE : plan,
                request.storageQuotaBytes(),
                List.of(admin.userId()),
                now);
        boolean isNew = organizations.insert(organization);
        isNew &= users.insert(admin);
        ApiKeyResponse.WithSecret key = keys.createFirst(admin, caller.userId());
        if (!isNew) {
            organization = organizations.find(id).orElse(organization);
            admin = users.find(id, admin.email()).orElse(admin);
        }
        return new OrganizationResponse.Founded(
                OrganizationResponse.of(organization, limits), UserResponse.of(admin), key);
    }
}
