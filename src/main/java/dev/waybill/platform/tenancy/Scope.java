package dev.waybill.platform.tenancy;

/**
 * The tenant scope: whose data a query may touch. Every store method takes one, so that no query can be written that
 * forgets it.
 *
 * @param organization the caller's organization
 * @param namespace a namespace of that organization
 */
public record Scope(OrganizationId organization, NamespaceId namespace) {

    /**
     * The {@code _id} of a document inside this scope: the namespace, a slash, the id. Lookups by it cannot cross a
     * namespace, and on a sharded cluster every key starts with the shard key.
     */
    public String key(String id) {
        return namespace.value() + "/" + id;
    }
}
