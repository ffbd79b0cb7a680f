package dev.waybill.extraction;

import dev.waybill.platform.errors.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and validates an extractor's parameters. Read each, then refuse what is wrong or left over. */
final class Parameters {

    private final Map<String, Object> values;
    private final Set<String> known = new HashSet<>();
    private final Violations violations = new Violations();

    Parameters(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * The settings that the reader makes of them.
     *
     * @throws dev.waybill.platform.errors.InvalidRequest for those that are wrong, or that it did not read
     */
    static <T> T read(Map<String, Object> values, Function<Parameters, T> reader) {
        Parameters parameters = new Parameters(values);
        T settings = reader.apply(parameters);
        parameters.refuse();
        return settings;
    }

    int integer(String name, int standard, int min, int max) {
        known.add(name);
        @Nullable Object value = values.get(name);
        if (value == null) {
            return standard;
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        if (whole && ((Number) value).longValue() >= min && ((Number) value).longValue() <= max) {
            return ((Number) value).intValue();
        }
        violation(
                name,
                "should be an integer from %d to %d; %d if it is left out".formatted(min, max, standard),
                whole ? "out_of_range" : "int_type");
        return standard;
    }

    void violation(String name, String message, String type) {
        violations.add(List.of("body", "params", name), message, type);
    }

    void refuse() {
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                violation(
                        name,
                        known.isEmpty()
                                ? "is unknown; this extractor has no parameters"
                                : "is unknown; known are " + String.join(", ", new TreeSet<>(known)),
                        "extra_forbidden");
            }
        }
        violations.refuse();
    }
}
