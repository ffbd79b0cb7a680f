package dev.waybill.auth;

import java.util.List;

/**
 * Narrows a key to some resources.
 *
 * @param resourceType such as {@code namespace} or {@code bucket}
 * @param resourceId an id or a name, {@code *} for all, or a prefix that ends in {@code *}
 * @param operations what is allowed there; empty for everything that the key's permissions allow
 */
public record ResourceScope(String resourceType, String resourceId, List<String> operations) {

    public ResourceScope {
        operations = List.copyOf(operations);
    }

    /** Whether this scope names the resource, by its id or its name. */
    public boolean covers(String type, String id, String name) {
        return resourceType.equals(type) && (fits(id) || fits(name));
    }

    private boolean fits(String value) {
        return resourceId.endsWith("*")
                ? value.startsWith(resourceId.substring(0, resourceId.length() - 1))
                : value.equals(resourceId);
    }
}
