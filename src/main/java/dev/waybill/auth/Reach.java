package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses what a key may not do. */
final class Reach {

    private Reach() {}

    /** @throws WaybillException 403 when the key lacks the permission */
    static void require(Caller caller, Permission permission) {
        if (!caller.may(permission)) {
            throw forbidden(
                    "This key lacks the permission '%s'.".formatted(permission.wire()),
                    Map.of("permission", permission.wire()));
        }
        if (permission == Permission.ADMIN && !caller.scopes().isEmpty()) {
            // Otherwise it could make itself a key without the scopes.
            throw forbidden(
                    "This key is narrowed to some resources by its scopes; such a key cannot administer the"
                            + " organization.",
                    Map.of("permission", permission.wire()));
        }
    }

    /** @throws WaybillException 403 when the key's scopes do not cover the resource, or not this operation on it */
    static void require(Caller caller, @Nullable Permission permission, String type, String id, String name) {
        if (!caller.reaches(type, id, name)) {
            throw outOfReach("This key does not reach the %s '%s'.".formatted(type, name), type, id);
        }
        if (permission != null
                && caller.isNarrowed(type)
                && caller.scopes().stream()
                        .filter(scope -> scope.covers(type, id, name))
                        .noneMatch(scope -> allows(scope, permission))) {
            throw outOfReach(
                    "This key lacks the operation '%s' on the %s '%s'.".formatted(operation(permission), type, name),
                    type,
                    id);
        }
    }

    /** @throws WaybillException 403 when the key's scopes leave out a resource of that type, or this operation on it */
    static void requireEvery(Caller caller, Permission permission, String type) {
        if (caller.isNarrowed(type)
                && caller.scopes().stream()
                        .filter(scope -> scope.resourceType().equals(type)
                                && scope.resourceId().equals("*"))
                        .noneMatch(scope -> allows(scope, permission))) {
            throw forbidden(
                    "This key is narrowed to some %ss; this would touch the others too.".formatted(type),
                    Map.of("resource", type));
        }
    }

    private static boolean allows(ResourceScope scope, Permission permission) {
        return scope.operations().isEmpty() || scope.operations().contains(operation(permission));
    }

    /** The operation of a scope that a permission stands for on the data inside a resource. */
    private static String operation(Permission permission) {
        return switch (permission) {
            case READ -> "read_data";
            case WRITE -> "write_data";
            case DELETE -> "delete_data";
            case ADMIN -> "manage_permissions";
        };
    }

    static WaybillException forbidden(String message, Map<String, Object> details) {
        return new WaybillException(ErrorCode.FORBIDDEN, message, details);
    }

    private static WaybillException outOfReach(String message, String type, String id) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", type);
        details.put("id", id);
        return forbidden(message, details);
    }
}
