package dev.waybill.auth;

import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated principal of a request: a valid API key with its user and organization. Controllers take it as an
 * argument.
 *
 * @param scopes empty when the key reaches everything in its organization
 * @param storageQuotaBytes null when the organization may store without bound
 * @param operator whether the key may create organizations: only the bootstrap key may
 */
public record Caller(
        OrganizationId organization,
        String userId,
        String keyId,
        Set<Permission> permissions,
        List<ResourceScope> scopes,
        Plan plan,
        @Nullable Long storageQuotaBytes,
        boolean operator) {

    public Caller {
        permissions = Set.copyOf(permissions);
        scopes = List.copyOf(scopes);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission) || permissions.contains(Permission.ADMIN);
    }

    /** Whether the key's scopes name resources of that type, so that it reaches only some of them. */
    public boolean isNarrowed(String type) {
        return scopes.stream().anyMatch(scope -> scope.resourceType().equals(type));
    }

    /**
     * Whether the key reaches a resource: it has no scope of that type, or one that covers it. Lists leave out what is
     * not reached; anything else answers 403.
     */
    public boolean reaches(String type, String id, String name) {
        return !isNarrowed(type) || scopes.stream().anyMatch(scope -> scope.covers(type, id, name));
    }

    /** Why the key may not do what needs the permission: 403. Empty when it may. */
    public Optional<WaybillException> refusal(Permission permission) {
        return Authorization.refusal(this, permission);
    }

    /**
     * Why the key may not do this with a resource, by its scopes of that type: 403 when none covers it, or none of
     * those allows the permission's operation on it. Empty when it may. The permission itself is not checked.
     */
    public Optional<WaybillException> refusal(Permission permission, String type, String id, String name) {
        return Authorization.refusal(this, permission, type, id, name);
    }

    /**
     * For what only some requests need: refuses unless the key has the permission.
     *
     * @throws WaybillException 403
     */
    public void require(Permission permission) {
        refusal(permission).ifPresent(Caller::refuse);
    }

    /**
     * For a resource that no path names, such as one about to be created: refuses unless the key's scopes cover it, and
     * allow the permission's operation on it.
     *
     * @throws WaybillException 403
     */
    public void require(Permission permission, String type, String id, String name) {
        refusal(permission, type, id, name).ifPresent(Caller::refuse);
    }

    private static void refuse(WaybillException refusal) {
        throw refusal;
    }
}
