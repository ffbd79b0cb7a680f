package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;
import java.util.Locale;

/** How far a submission is. */
enum SubmissionStatus implements WireName {
    PENDING,
    SUBMITTED;

    static SubmissionStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
