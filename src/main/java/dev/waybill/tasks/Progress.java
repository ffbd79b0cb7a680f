package dev.waybill.tasks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a task is.
 *
 * @param processed items done, at most {@code total}
 * @param total items in all
 */
record Progress(long processed, long total) {

    /** The name in {@code additional_data}. */
    static final String NAME = "progress";

    Progress {
        total = Math.max(0, total);
        processed = Math.clamp(processed, 0, total);
    }

    /** Whole per cent, rounded down, so that 100 means done. */
    int percentage() {
        return total == 0 ? 100 : (int) (processed * 100.0 / total);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("processed", processed);
        json.put("total", total);
        json.put("percentage", percentage());
        return json;
    }
}
