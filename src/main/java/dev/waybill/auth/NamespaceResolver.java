package dev.waybill.auth;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Resolves the namespace that a request names; implemented by the namespaces module. Called on every request. */
public interface NamespaceResolver {

    /** A namespace's id and its name. */
    record Found(NamespaceId id, String name) {}

    /**
     * @param identifier an id ({@code ns_...}) or a name, as the client sent it
     * @return empty when the organization has no such namespace, or it is being deleted
     */
    Optional<Found> resolve(OrganizationId organization, String identifier);

    /**
     * The identifiers without those that name the same namespace as an earlier one: an id and a name may mean the same.
     */
    default List<String> different(OrganizationId organization, List<String> identifiers) {
        if (identifiers.size() < 2) {
            return identifiers;
        }
        Set<String> named = new HashSet<>();
        return identifiers.stream()
                .filter(identifier -> named.add(resolve(organization, identifier)
                        .map(found -> found.id().value())
                        .orElse(identifier)))
                .toList();
    }
}
