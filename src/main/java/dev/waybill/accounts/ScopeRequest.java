package dev.waybill.accounts;

import dev.waybill.auth.ResourceScope;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scope in requests. */
@Schema(name = "ResourceScope-Input", description = "Narrows a key to some resources.")
record ScopeRequest(
        @NotNull
        @Schema(
                description =
                        "What kind of resource. `organization` (by its id), `namespace`, `bucket`, `collection` and"
                                + " `storage_connection` narrow the key: it changes nothing beside what it is narrowed to, and"
                                + " lists show that alone. Scopes of one kind add up; of two kinds, each narrows what the"
                                + " other leaves. The others are kept; a key with no scopes but these changes nothing.",
                example = "namespace")
        ResourceType resourceType,

        @NotNull
        @Size(min = 1, max = 100)
        @Schema(description = "An id or a name, `*` for all, or a prefix that ends in `*`.", example = "production-*")
        String resourceId,

        @Nullable
        @Schema(
                description =
                        "What is allowed there: `read_data`, `write_data` and `delete_data` are checked, the others are"
                                + " kept. Left out or empty: all that the permissions allow.",
                example = "[\"read_data\"]")
        List<@NotNull NamespaceOperation> operations) {

    ResourceScope toScope() {
        List<NamespaceOperation> allowed = operations == null ? List.of() : operations;
        return new ResourceScope(
                resourceType.wire(),
                resourceId,
                allowed.stream().map(NamespaceOperation::wire).toList());
    }

    static @Nullable List<ResourceScope> toScopes(@Nullable List<ScopeRequest> requests) {
        return requests == null
                ? null
                : requests.stream().map(ScopeRequest::toScope).toList();
    }
}
