package dev.waybill.tasks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Progress of a task.
 *
 * @param processed items done, at most {@code total}
 * @param total items in all
 * @param beside what else of {@code additional_data} is set with it
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

    /** The fields of {@code additional_data} that it sets. */
    Map<String, Object> additionalData() {
        Map<String, Object> all = new LinkedHashMap<>(beside);
        all.put(NAME, json());
        return all;
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processed", processed);
        json.put("total", total);
        json.put("percentage", percentage());
        return json;
    }
}
