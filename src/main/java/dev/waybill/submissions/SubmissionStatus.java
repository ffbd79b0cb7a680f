package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a submission is. */
enum SubmissionStatus {
    PENDING,
    SUBMITTED;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SubmissionStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
