package dev.waybill.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How an attempt ended. */
public sealed interface TaskOutcome {

    /** All done. */
    record Completed(List<Object> outputs, Map<String, Object> additionalData) implements TaskOutcome {}

    /** Done, but parts failed; {@code error} sums them up. */
    record CompletedWithErrors(List<Object> outputs, Map<String, Object> additionalData, String error)
            implements TaskOutcome {}

    /** Cannot be done; trying again would not help. {@code error} is shown to callers. */
    record Failed(List<Object> outputs, Map<String, Object> additionalData, String error) implements TaskOutcome {}

    /** Not now: run it again after a while; does not count as a failed attempt. */
    record Later(Duration after) implements TaskOutcome {}

    /** Stopped because it was canceled. */
    record Canceled() implements TaskOutcome {}

    static TaskOutcome completed() {
        return new Completed(List.of(), Map.of());
    }
}
