package dev.waybill.auth;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A scope of an API key: narrows the key to some resources.
 *
 * @param resourceType such as {@code namespace} or {@code bucket}
 * @param resourceId an id or a name, {@code *} for all, or a prefix that ends in {@code *}
 * @param operations what is allowed there; empty for everything that the key's permissions allow
 */
@Schema(name = "ResourceScope-Output", description = "Narrows a key to some resources.")
public record ResourceScope(
        @Schema(description = "What kind of resource.", example = "namespace")
        String resourceType,

        @Schema(description = "An id or a name, `*` for all, or a prefix that ends in `*`.", example = "production-*")
        String resourceId,

        @Schema(
                description = "What is allowed there; empty: all that the permissions allow.",
                example = "[\"read_data\"]")
        List<String> operations) {

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
