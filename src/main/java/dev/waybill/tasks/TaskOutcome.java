package dev.waybill.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Outcome of an attempt. */
public sealed interface TaskOutcome {

    /** All done. */
    record Completed(List<Object> outputs, Map<String, Object> additionalData) implements TaskOutcome {}

    /** Done, but parts failed; {@code error} sums them up. */
    record CompletedWithErrors(List<Object> outputs, Map<String, Object> additionalData, String error)
            implements TaskOutcome {}

    /** Cannot be done; a retry would not help. {@code error} is shown to callers. */
    record Failed(List<Object> outputs, Map<String, Object> additionalData, String error) implements TaskOutcome {}

    /** Not now: reschedules it; does not count as a failed attempt. */
    record Later(Duration after) implements TaskOutcome {}

    /** Stopped because it was canceled. */
    record Canceled() implements TaskOutcome {}

    static TaskOutcome completed() {
        return new Completed(List.of(), Map.of());
    }
}
