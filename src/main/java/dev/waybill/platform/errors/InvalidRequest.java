package dev.waybill.platform.errors;

import java.util.List;
import java.util.Map;

/** A request that was understood but breaks the contract's types or bounds: 422 with every violation named. */
public final class InvalidRequest extends WaybillException {

    private final transient List<Violation> violations;

    public InvalidRequest(List<Violation> violations) {
        super(ErrorCode.VALIDATION, summary(violations), Map.of());
        this.violations = List.copyOf(violations);
    }

    /** One violation of a field of the body. */
    public static InvalidRequest field(String field, String message, String type) {
        return new InvalidRequest(List.of(Violation.body(field, message, type)));
    }

    public List<Violation> violations() {
        return violations;
    }

    private static String summary(List<Violation> violations) {
        if (violations.size() == 1) {
            Violation only = violations.getFirst();
            return "%s: %s".formatted(only.location().getLast(), only.message());
        }
        return "%d fields of the request are invalid".formatted(violations.size());
    }
}
