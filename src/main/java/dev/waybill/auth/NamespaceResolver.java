package dev.waybill.auth;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.Optional;

/** Finds the namespace that a request names; implemented by the room that keeps them. Called on every request. */
public interface NamespaceResolver {

    /** A namespace's id and its name. */
    record Found(NamespaceId id, String name) {}

    /**
     * @param identifier an id ({@code ns_...}) or a name, as the client sent it
     * @return empty when the organization has no such namespace, or it is being deleted
     */
    Optional<Found> resolve(OrganizationId organization, String identifier);
}
