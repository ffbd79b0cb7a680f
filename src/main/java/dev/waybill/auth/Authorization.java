package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Says why a key may not do something. */
final class Authorization {

    private Authorization() {}

    /** That the key lacks the permission. */
    static Optional<WaybillException> refusal(Caller caller, Permission permission) {
        Map<String, Object> details = Map.of("permission", permission.wire());
        if (!caller.may(permission)) {
            return Optional.of(forbidden("This key lacks the permission '%s'.".formatted(permission.wire()), details));
        }
        if (permission == Permission.ADMIN && !caller.scopes().isEmpty()) {
            // Otherwise it could make itself a key without the scopes.
            return Optional.of(forbidden(
                    "This key is narrowed to some resources by its scopes; such a key cannot administer the"
                            + " organization.",
                    details));
        }
        return Optional.empty();
    }

    /** That the key's scopes do not cover the resource, or not this operation on it. */
    static Optional<WaybillException> refusal(
            Caller caller, Permission permission, String type, String id, String name) {
        if (!caller.isNarrowed(type)) {
            return Optional.empty();
        }
        if (!caller.reaches(type, id, name)) {
            return Optional.of(outOfReach("This key does not reach the %s '%s'.".formatted(type, name), type, id));
        }
        boolean isAllowed = caller.scopes().stream()
                .filter(scope -> scope.covers(type, id, name))
                .anyMatch(scope -> allows(scope, permission));
        return isAllowed
                ? Optional.empty()
                : Optional.of(outOfReach(
                        "This key lacks the operation '%s' on the %s '%s'."
                                .formatted(operation(permission), type, name),
                        type,
                        id));
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

    private static WaybillException forbidden(String message, Map<String, Object> details) {
        return new WaybillException(ErrorCode.FORBIDDEN, message, details);
    }

    private static WaybillException outOfReach(String message, String type, String id) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", type);
        details.put("id", id);
        return forbidden(message, details);
    }
}
