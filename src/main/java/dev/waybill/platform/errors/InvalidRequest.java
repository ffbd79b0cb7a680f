package dev.waybill.platform.errors;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A request that was understood but breaks the contract's types or bounds: 422 with every violation named. */
public final class InvalidRequest extends WaybillException {

    /** How many violations the message names. */
    private static final int MAX_IN_MESSAGE = 5;

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
        String first = violations.stream()
                .limit(MAX_IN_MESSAGE)
                .map(violation -> "%s: %s".formatted(name(violation.location()), violation.message()))
                .collect(Collectors.joining("; "));
        int more = violations.size() - MAX_IN_MESSAGE;
        return more > 0 ? first + "; and %d more in validation_errors".formatted(more) : first;
    }

    /** What a person calls it: {@code event_types[0]} rather than {@code 0}. */
    private static String name(List<Object> location) {
        int last = location.size() - 1;
        StringBuilder indexes = new StringBuilder();
        while (last > 0 && location.get(last) instanceof Integer index) {
            indexes.insert(0, "[%d]".formatted(index));
            last--;
        }
        return location.get(last) + indexes.toString();
    }
}
