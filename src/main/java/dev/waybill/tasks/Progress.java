package dev.waybill.tasks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a task is.
 *
 * @param processed items done, at most {@code total}
 * @param total items in all
 * @param beside what else of {@code additional_data} is told with it
 */
record Progress(long processed, long total, Map<String, Object> beside) {

    /** The name in {@code additional_data}. */
    static final String NAME = "progress";

    Progress {
        total = Math.max(0, total);
        beside = Map.copyOf(beside);
        processed = Math.clamp(processed, 0, total);
    }

    /** Whole per cent, rounded down, so that 100 means done. */
    int percentage() {
        return total == 0 ? 100 : (int) (processed * 100.0 / total);
    }

    Progress(long processed, long total) {
        this(processed, total, Map.of());
    }

    /** What of {@code additional_data} it sets. */
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>(beside);
        told.put(NAME, json());
        return told;
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processed", processed);
        json.put("total", total);
        json.put("percentage", percentage());
        return json;
    }
}
